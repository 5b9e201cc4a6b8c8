"""When an authorisation is not ended, in which words: functions of (facts, typed).

`facts` is selectors.Facts; `typed` what was typed, or None while a button is previewed.
Sources: issue 3 section 2; domain.md 0.3 (who may speak for an institution), 1.4.
"""

from django.utils.translation import gettext as _

from fsesys.core.hanging import hanging_confirmed
from fsesys.core.wording import day

__all__ = ["earlier", "end_ahead", "hanging_confirmed", "in_force", "wish_valid"]


def in_force(facts, typed):
    if not facts.in_force:
        yield _("The institution has no authorisation in force: there is nothing to end.")


def end_ahead(facts, typed):
    if typed is not None and typed["ends_on"] and typed["ends_on"] < facts.today:
        yield _("The last day of the authorisation can not lie before today.")


def earlier(facts, typed):
    """An end that is decided already can be moved forward only; one at this moment always is."""
    if typed is None or facts.ends_on is None:
        return
    if typed["ends_on"] and typed["ends_on"] >= facts.ends_on:
        yield _("The authorisation ends after %(day)s already; only an earlier end can be set.") % {
            "day": day(facts.ends_on)
        }


def wish_valid(facts, typed):
    """The wish is an act of the customer's side: who, in which role, when."""
    if typed is None:
        return
    if typed["received_on"] > facts.today:
        yield _("The letter can not have been received after today.")
    if typed["wished_by"] not in facts.empowered:
        yield _("The wish must come from somebody who may speak for the institution: its"
                " responsible person, a signatory or a contact person with powers.")  # fmt: skip
