"""The access register: who had access to what on a day, and why, as rows for people and programs.

Page, export and command read here, and here alone the rule's spans become rows. A day is asked
about as a whole: who had access at any time of it; the reasons are those at its end (now: now).
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core import clock
from fsesys.core.parameters import parameters
from fsesys.core.wording import day
from researchers.records import Association, SameHuman

from . import access, naming
from .explaining import MISSING, SPENDING, ends, explain, in_words, moment

COLUMNS = {
    "ident": gettext_lazy("Ident"), "person": gettext_lazy("Person"),
    "institution": gettext_lazy("Institution"), "project": gettext_lazy("Project number"),
    "title": gettext_lazy("Project"), "owner": gettext_lazy("Owner"),
    "open": gettext_lazy("Access"), "from": gettext_lazy("From"), "to": gettext_lazy("To"),
    "earlier": gettext_lazy("Earlier"), "reasons": gettext_lazy("Why, or why not"),
}  # fmt: skip
OF_PLACE = {"authorised", "with_owner", "institution_free", "institution_not_paused",
            "enterprise_data"}  # fmt: skip
AT_ONCE = 500  # rows whose names are read together: the memory stays flat


def ahead(asked) -> str:
    """Why nobody answers for this day: what will be recorded until then is not known. Else empty."""
    if asked is None or asked <= clock.today():
        return ""
    return _("The day lies ahead. Ask about today or an earlier day.")


@dataclass(frozen=True)
class Question:
    """`on`, `known`: days, None for now. scope: ids as `access.register` takes them.

    Now is when it is first asked: all rows are of one instant.
    """

    on: dt.date | None = None
    known: dt.date | None = None
    scope: tuple = ()

    @cached_property
    def until(self):
        """The instant that is asked about: now, or the end of the day."""
        return clock.now() if self.on in (None, clock.today()) else _end(self.on)

    @cached_property
    def known_at(self):
        return clock.now() if self.known in (None, clock.today()) else _end(self.known)

    @cached_property
    def since(self):
        """From when on: the begin of the day; the instant itself where that is asked about."""
        return self.until if self.on is None else clock.midnight(self.on)

    def span(self, found):
        """(span, earlier ones) of the access on that day or at that instant; None for none."""
        spans = [s for s in (*found.earlier, *found.spans) if _meets(s, self.since, self.until)]
        return (spans[-1], spans[:-1]) if spans else (None, [])


@dataclass(frozen=True)
class Row:
    """One person and project on the day. reasons: every condition with its answer at the end."""

    access: object
    names: naming.Names
    span: tuple | None
    earlier: list
    reasons: list
    until: object  # the instant that is asked about

    @property
    def open(self) -> bool:
        """At any time of the day that is asked about."""
        return self.span is not None

    @property
    def word(self) -> str:
        if not self.open:
            return _("closed")
        return _("open") if access.covers(self.span, self.until) else _("open earlier that day")

    @property
    def spent(self) -> bool:
        """Granted, and of no effect any more: only a new grant opens it."""
        gone = {one.code for one in self.reasons if not one.holds and one.code in SPENDING}
        return bool(gone) and "granted" not in gone  # what was ended on purpose is not spent

    @property
    def why(self) -> list:
        """The chain that carries an open access, or all that stands in the way of a closed one."""
        missing = [reason for reason in self.reasons if not reason.holds]
        return missing or self.reasons

    @property
    def cells(self) -> dict:
        """The row as values of COLUMNS, for exports; texts in the language that is active."""
        one, names = self.access, self.names
        number, title = names.projects[one.project_id]
        since, until = self.span or (None, None)
        return {
            "ident": names.people[one.person_id][1] or "", "person": names.people[one.person_id][0],
            "institution": names.institution(one), "project": number,
            "title": title, "owner": names.owner(one),
            "open": _("open") if self.open else _("closed"), "from": since, "to": until,
            "earlier": "; ".join(between(span) for span in self.earlier),
            "reasons": " ".join(in_words(self.why)),
        }  # fmt: skip


def rows(question, closed=True):
    """Every access that the question is about, those closed only where asked for; streamed."""
    until, known = question.until, question.known_at
    found = access.register(until, known, question.since, **dict(question.scope))
    if closed and {name for name, _pk in question.scope} == {"person", "project"}:
        found = iter(list(found) or never(until, known, **dict(question.scope)))
    while part := list(islice(found, AT_ONCE)):
        told = [(one, *(question.span(one) if one.case_id else (None, []))) for one in part]
        kept = [row for row in told if closed or row[1]]
        names = naming.of([one for one, _span, _earlier in kept], until, known)
        for one, span, earlier in kept:
            yield Row(one, names, span, earlier, reasons(one, until), until)


def never(until, known, person, project) -> list:
    """One person and one project between which nothing was ever granted: what the rule would say
    of the association that lacks least, for the "why not"."""
    facts = Association.objects.filter(person__in=_human(person, known), recorded_at__lte=known)
    known_of = list(facts.values_list("person_id", "agreement_id").distinct())
    trios = [(who, project, agreement) for who, agreement in known_of] or [(person, project, None)]
    found = access.supposed(trios, until, known)
    return [min(found, key=lambda one: sum(not why.holds for why in explain(one, until)))]


def _human(person, known) -> set:
    """Every record of the human being, as it was known at the instant."""
    links = SameHuman.objects.known(known)
    root = links.filter(person=person).values_list("root_id", flat=True).first() or person
    return {root, *links.filter(root=root).values_list("person_id", flat=True)}


def reasons(one, until) -> list:
    """Every condition with its answer; of what was never granted, without those on a place that
    is not known."""
    told = explain(one, until)
    if one.case_id is not None:
        return told
    told = [
        why._replace(state=MISSING, since=None) if why.code == "granted" else why for why in told
    ]
    return [why for why in told if one.institution_id or why.code not in OF_PLACE]


def shown(row) -> dict:
    """One row as the page tells it."""
    one, names = row.access, row.names
    return {
        "person": names.person(one), "institution": names.institution(one),
        "project": names.project(one), "owner": names.owner(one),
        "project_url": f"/projects/{one.project_id}/", "open": row.open,
        "word": row.word, "tone": "good" if row.word == _("open") else "closed",
        "span": between(row.span) if row.span else "",
        "earlier": [between(span) for span in row.earlier],
        "why": [{"words": reason.words, "holds": reason.holds} for reason in row.why],
        "grant": one.case_id,
    }  # fmt: skip


def between(span) -> str:
    """A span in words."""
    since, until = span
    if until is None:
        return _("since %(since)s") % {"since": moment(since)}
    return _("%(since)s to %(until)s") % {"since": moment(since), "until": ends(until)}


def complete_from(question) -> dt.date | None:
    """The first day of which the register knows every access, if an earlier one is asked about."""
    since = parameters(clock.today())["register_complete_from"]
    first = dt.date.fromisoformat(str(since)) if since else None
    return first if first and question.on and question.on < first else None


def incomplete(question) -> str:
    """The sentence for days before the register is complete; empty for others."""
    first = complete_from(question)
    if first is None:
        return ""
    return _("The register is complete from %(day)s. For earlier days accesses may be missing"
             " here that there were.") % {"day": day(first)}  # fmt: skip


def _end(day):
    return clock.after(day) - dt.timedelta(microseconds=1)


def _meets(span, start, until) -> bool:
    return span[0] <= until and (span[1] is None or span[1] > start)
