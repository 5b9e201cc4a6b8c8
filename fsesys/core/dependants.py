"""What hangs on a record: whoever ends it lists it, has it confirmed, and leaves nothing behind.

Apps above register here what of theirs hangs on a record (design.md section 1), so that the
process that ends the record need not know them. Rows are told in words and confirmed by key.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from . import everyday, processes
from .cases import HUNG_ON, Case, ProcessEvent


@dataclass(frozen=True)
class Dependant:
    """One thing that hangs on the record. key: `kind:id`, kept with the event; no names in it."""

    kind: str
    key: str
    label: str
    url: str = ""


@dataclass(frozen=True)
class Kind:
    """`listed(subject_key, at)` gives its Dependants; `on_end(row, event, to_at)` deals with one
    when the record ends at the instant; `on_undo(row, event)` when that is undone."""

    slug: str
    listed: Callable
    on_end: Callable
    on_undo: Callable


_kinds: dict = {}


def register(slug, listed, on_end, on_undo=None):
    _kinds[slug] = Kind(slug, listed, on_end, on_undo or (lambda key, event: None))


def of(subject_key, at) -> list:
    """Everything that hangs on the record at the instant, kind by kind."""
    return [row for kind in _kinds.values() for row in kind.listed(subject_key, at)]


def end(rows, event, to_at):
    """Each row is ended at the instant or put before a person, in its own kind's way."""
    for row in rows:
        _kinds[row.kind].on_end(row, event, to_at)


def undone(keys, event):
    """The end was undone: each kind takes back what it put before a person."""
    for key in keys:
        kind = _kinds.get(key.split(":")[0])
        if kind:
            kind.on_undo(key, event)


def open_cases(subject_key, at) -> list:
    """The kind "case": open cases about the record."""
    rows = Case.objects.filter(subject_key=subject_key, closed_at=None).order_by("pk")
    return [_of_case(case) for case in rows]


def _of_case(case):
    process = processes.get(case.process)
    words = _("Case %(number)s, %(kind)s: %(state)s") % {
        "number": case.number, "kind": process.machine.label_one,
        "state": process.machine.state(case.state).label,
    }  # fmt: skip
    return Dependant("case", f"case:{case.pk}", words, f"{process.url}{case.number}/")


def put_task(row, event, to_at):
    """A note on the case, which stands in my work until somebody acts on the case or answers it."""
    words = _("What this case hangs on ends: see case %(number)s. Decide what happens here.")
    _note(row.key, event, words, {HUNG_ON: event.pk})


def take_task(key, event):
    """What the case hangs on stands again."""
    words = _("What this case hangs on stands again: the step in case %(number)s is undone.")
    _note(key, event, words, {})


def _note(key, event, words, facts):
    found = Case.objects.get(pk=int(key.split(":")[1]))
    case = processes.get(found.process).model.objects.get(pk=found.pk)
    everyday.note(
        case, by=event.by.account, reason=words % {"number": event.case.number}, facts=facts
    )


def tasked():
    """Ids of cases whose last act by a person is such a note: they wait in my work."""
    marked = ProcessEvent.objects.filter(facts__has_key=HUNG_ON)
    later = ProcessEvent.objects.filter(
        case=OuterRef("case"), revision__gt=OuterRef("revision"), by__is_system=False
    )
    return marked.exclude(Exists(later)).values("case")
