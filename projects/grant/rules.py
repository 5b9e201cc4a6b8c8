"""When a step on an access is refused, in which words: functions of (facts, typed).

The access rule itself stands in projects/access.py alone; `facts.missing` are its sentences.
Sources: issue 4, section 3; domain.md 2.1 and 2.8.
"""

from django.utils.translation import gettext as _

from fsesys.core.wording import day
from researchers.association.rules import main_record

__all__ = ["main_record"]


def association_runs(facts, typed):
    if facts.person and not facts.association:
        yield _("%(person)s has no running association under this agreement.") % {
            "person": facts.person
        }


def asked_in_role(facts, typed):
    """Who asks speaks for the project: a role at its owner that day, or its contact person."""
    if typed is not None and not typed["speaks"]:
        yield _("%(person)s held no role at the project's owner on %(day)s and can not ask.") % {
            "person": typed["asked_by"], "day": typed["day"]
        }  # fmt: skip


def asked_by_today(facts, typed):
    if typed is not None and typed["ahead"]:
        yield _("The request can not have been made after today.")


def whole_rule(facts, typed):
    """Granting asks the whole rule at that moment and names everything that is missing."""
    yield from facts.missing


def not_twice(facts, typed):
    if facts.open_since:
        yield _("%(person)s has had access to this project since %(since)s already.") % {
            "person": facts.person, "since": facts.open_since
        }  # fmt: skip


def granted_before(facts, typed):
    if facts.person and not facts.granted_before:
        yield _("%(person)s has never had access to this project: register a request.") % {
            "person": facts.person
        }


def still_granted(facts, typed):
    if not facts.running:
        yield _("This grant has ended already.")


def end_ahead(facts, typed):
    if typed is not None and typed["last_on"] and typed["last_on"] < facts.today:
        yield _("The last day of the access can not lie before today.")


def earlier(facts, typed):
    """An end that is set already can be brought forward only; one at this moment always is."""
    if typed is None or not facts.running or facts.ends_on is None:
        return
    if typed["last_on"] and typed["last_on"] >= facts.ends_on:
        yield _("The access ends after %(day)s already; only an earlier end can be set.") % {
            "day": day(facts.ends_on)
        }
