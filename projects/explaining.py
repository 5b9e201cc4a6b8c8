"""Why an access holds or does not, in words: ticks and crosses made from what the rule found.

No condition is judged here; `access.Access` says in which spans each held, this says it to people.
"""

from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from fsesys.core import clock
from fsesys.core.wording import day, when

from .access import CONDITIONS, covers, span_of

GOOD = {
    "granted": gettext_lazy("Access is granted"),
    "association": gettext_lazy("The association runs"),
    "authorised": gettext_lazy("The person's institution is authorised"),
    "with_owner": gettext_lazy(
        "The person's institution owns the project or is allowed on it, where that is asked"
    ),
    "owner_authorised": gettext_lazy("The owner is authorised"),
    "project_runs": gettext_lazy("The project is within a signed period"),
    "certified": gettext_lazy("The test is passed and valid"),
    "person_free": gettext_lazy("No hold on the person"),
    "person_not_paused": gettext_lazy("No precautionary hold on the person"),
    "project_free": gettext_lazy("No hold on the project"),
    "project_not_paused": gettext_lazy("No precautionary hold on the project"),
    "institution_free": gettext_lazy("No hold on the person's institution"),
    "institution_not_paused": gettext_lazy("No precautionary hold on the person's institution"),
    "owner_free": gettext_lazy("No hold on the owner"),
    "owner_not_paused": gettext_lazy("No precautionary hold on the owner"),
    "enterprise_data": gettext_lazy("The enterprise data fit the person's institution"),
}
BAD = {
    "granted": gettext_lazy("Access is not granted"),
    "association": gettext_lazy("The association does not run"),
    "authorised": gettext_lazy("The person's institution is not authorised"),
    "with_owner": gettext_lazy(
        "The person's institution neither owns the project nor is allowed on it"
    ),
    "owner_authorised": gettext_lazy("The owner is not authorised"),
    "project_runs": gettext_lazy("The project is not within a signed period"),
    "certified": gettext_lazy("The test is not passed, or not valid any more"),
    "person_free": gettext_lazy("A hold stops the person"),
    "person_not_paused": gettext_lazy("A precautionary hold stops the person"),
    "project_free": gettext_lazy("A hold stops the project"),
    "project_not_paused": gettext_lazy("A precautionary hold stops the project"),
    "institution_free": gettext_lazy("A hold stops the person's institution"),
    "institution_not_paused": gettext_lazy("A precautionary hold stops the person's institution"),
    "owner_free": gettext_lazy("A hold stops the owner"),
    "owner_not_paused": gettext_lazy("A precautionary hold stops the owner"),
    "enterprise_data": gettext_lazy(
        "The project has restricted enterprise data, which the person's institution may not use"
    ),
}
SPENDING = frozenset(condition.code for condition in CONDITIONS if condition.spends)
HOLDS, MISSING, SPENT = "holds", "missing", "spent"


class Reason(NamedTuple):  # made and compared millions of times in an export
    """One condition at an instant. since, until: of the span it holds in; of a missing one, since
    when it is missing (None: it never held); of a spent one, the gap."""

    code: str
    state: str
    since: object = None
    until: object = None

    @property
    def holds(self):
        return self.state == HOLDS

    @property
    def words(self):
        return _told(self, get_language())


@lru_cache(maxsize=10_000)  # a register has the same sentences again and again
def _told(reason, language):
    if reason.state == SPENT:
        return _("%(good)s now, but did not from %(since)s until %(until)s: the grant is spent"
                 " and must be renewed.") % {
            "good": GOOD[reason.code], "since": moment(reason.since), "until": moment(reason.until)
        }  # fmt: skip
    if reason.state == MISSING:
        if reason.since and reason.code == "granted":
            return _("The access ended on %(day)s.") % {"day": ends(reason.since)}
        if reason.since:
            return _("%(bad)s since %(day)s.") % {
                "bad": BAD[reason.code], "day": moment(reason.since)
            }  # fmt: skip
        return f"{BAD[reason.code]}."
    words = {"good": GOOD[reason.code], "since": moment(reason.since), "until": ends(reason.until)}
    if reason.since and reason.until:
        return _("%(good)s since %(since)s until %(until)s.") % words
    if reason.since or reason.until:
        form = _("%(good)s since %(since)s.") if reason.since else _("%(good)s until %(until)s.")
        return form % words
    return f"{words['good']}."


def moment(at) -> str:
    """The day, with the time where it is not midnight; nothing for none."""
    return _moment(at, get_language())


@lru_cache(maxsize=10_000)
def _moment(at, language):
    return "" if at is None else day(clock.day_of(at)) if _midnight(at) else when(at)


def ends(at) -> str:
    """The last day of what ends at midnight, else the instant; nothing for none."""
    return _ends(at, get_language())


@lru_cache(maxsize=10_000)
def _ends(at, language):
    return "" if at is None else day(clock.last_day(at)) if _midnight(at) else when(at)


def _midnight(at) -> bool:
    return clock.midnight(clock.day_of(at)) == at


def explain(found, at) -> list:
    """A Reason for each condition, in the order of the rule; all hold if and only if the access
    does."""
    return [reason(code, spans, at, found.granted_at if code in SPENDING else None)
            for code, spans in found.held.items()]  # fmt: skip


def reason(code, spans, at, granted_at) -> Reason:
    found = _reason(code, spans, at)
    if found.holds and granted_at and granted_at <= at:
        if not covers((found.since, found.until), granted_at):
            first = span_of(spans, granted_at)
            return Reason(code, SPENT, first[1] if first else granted_at, found.since)
    return found


@lru_cache(maxsize=20_000)  # many accesses rest on the same facts
def _reason(code, spans, at) -> Reason:
    """Whether it holds at the instant, whatever the grant."""
    now = span_of(spans, at)
    if now is None:
        ended = [span[1] for span in spans if span[1] and span[1] <= at]
        return Reason(code, MISSING, max(ended, default=None))
    return Reason(code, HOLDS, *now)


def in_words(reasons) -> list:
    """The sentence of each; the language is asked for once."""
    language = get_language()
    return [_told(one, language) for one in reasons]


def missing(found, at) -> list:
    """The sentences of everything that stands in the way."""
    return [one.words for one in explain(found, at) if not one.holds]
