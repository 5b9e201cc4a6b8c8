"""What hangs on a record: whoever ends it lists it, has it confirmed, and leaves nothing behind.

Apps above register here what of theirs hangs on a record (design.md section 1), so that the
process that ends the record need not know them. Rows are told in words and confirmed by key.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.functional import SimpleLazyObject
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
    """`listed(subject_key, at)` gives its Dependants; `on_end(ids, event, to_at)` deals with them
    when the record ends at the instant; `on_undo(ids, event)` when that is undone."""

    slug: str
    listed: Callable
    on_end: Callable
    on_undo: Callable


_kinds: dict = {}


def register(slug, listed, on_end, on_undo=None):
    _kinds[slug] = Kind(slug, listed, on_end, on_undo or (lambda ids, event: None))


def of(subject_key, at, but=None) -> list:
    """Everything that hangs on the record at the instant, kind by kind. but: id of the case that
    asks, which is not told of itself."""
    rows = (row for kind in _kinds.values() for row in kind.listed(subject_key, at))
    return [row for row in rows if row.key != f"case:{but}"]


def keys(listing) -> tuple:
    """The keys of what `listing()` gives, for the facts of a rule; read when first asked about."""
    return SimpleLazyObject(lambda: tuple(row.key for row in listing()))


def end(keys, event, to_at):
    """What was confirmed is ended at the instant or put before a person, in its kind's way."""
    for kind, ids in _by_kind(keys):
        kind.on_end(ids, event, to_at)


def undone(keys, event):
    """The end was undone: each kind takes back what it put before a person."""
    for kind, ids in _by_kind(keys):
        kind.on_undo(ids, event)


def _by_kind(keys):
    for slug, kind in _kinds.items():
        ids = [int(key.split(":")[1]) for key in keys if key.startswith(f"{slug}:")]
        if ids:
            yield kind, ids


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


def put_tasks(ids, event, to_at, by=None):
    """A note on each case, which stands in my work until somebody acts on the case or answers.

    by: the account that writes it, where that is not who did the event.
    """
    words = _("What this case hangs on ends: see case %(number)s. Decide what happens here.")
    _note(ids, event, words, {HUNG_ON: event.pk}, by)


def take_tasks(ids, event):
    """What the cases hang on stands again."""
    words = _("What this case hangs on stands again: the step in case %(number)s is undone.")
    _note(ids, event, words, {})


def _note(ids, event, words, facts, by=None):
    reason = words % {"number": event.case.number}
    for found in Case.objects.filter(pk__in=ids).order_by("pk"):
        case = processes.get(found.process).model.objects.get(pk=found.pk)
        everyday.note(case, by=by or event.by.account, reason=reason, facts=facts)


def tasked():
    """Ids of cases whose last act by a person is such a note: they wait in my work."""
    marked = ProcessEvent.objects.filter(facts__has_key=HUNG_ON)
    later = ProcessEvent.objects.filter(
        case=OuterRef("case"), revision__gt=OuterRef("revision"), by__is_system=False
    )
    return marked.exclude(Exists(later)).values("case")
