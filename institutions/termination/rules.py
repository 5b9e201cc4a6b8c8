"""When an authorisation is not ended, in which words: functions of (facts, typed).

`facts` is selectors.Facts; `typed` what was typed, or None while a button is previewed.
Sources: issue 3 section 2; domain.md 0.3 (who may speak for an institution), 1.4.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fsesys.core.wording import day


def in_force(facts, typed):
    if not facts.in_force:
        yield _("The institution has no authorisation in force: there is nothing to end.")


def end_ahead(facts, typed):
    if typed is not None and typed["ends_on"] and typed["ends_on"] < facts.today:
        yield _("The last day of the authorisation can not lie before today.")


def earlier(facts, typed):
    """An end that is decided already can be moved forward only."""
    if typed is None or facts.ends_on is None:
        return
    if (typed["ends_on"] or facts.today) >= facts.ends_on:
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


def hanging_confirmed(facts, typed):
    """design.md section 5: what breaks is listed and confirmed in words."""
    if typed is None:
        return
    if set(typed["listed"]) != set(facts.dependants):
        yield _("What hangs on the authorisation has changed since you opened the page. Look at"
                " the list again and confirm it.")  # fmt: skip
    elif facts.dependants and not typed["confirmed"]:
        count = len(facts.dependants)
        yield ngettext(
            "Confirm that %(count)d thing ends or gets a task.",
            "Confirm that %(count)d things end or get a task.", count,
        ) % {"count": count}  # fmt: skip
