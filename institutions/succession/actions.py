"""What happens when an institution is succeeded by another."""

from django.db import transaction

from fsesys.core import clock, facts, issuing
from fsesys.core.door import begin, perform

from .. import living
from ..records import Institution, Succession
from . import selectors
from .models import SuccessionCase


@transaction.atomic
def register_successor(institution, *, by, successor, from_on, reason, upload=None, **door):
    """The institution was succeeded by another from a day."""
    both = sorted({institution.pk, successor.pk})  # one order for everybody: no deadlock
    list(Institution.objects.select_for_update(no_key=True, of=("self",)).filter(
        pk__in=both).order_by("pk").values_list("pk"))  # fmt: skip
    selectors.hold_line()  # after the institutions, as a correction does
    since = clock.midnight(from_on)
    event = begin(
        SuccessionCase, by=by, verb="register_successor", reason=reason, successor=successor,
        responsible=living.caretaker(institution), facts={"successor": successor.pk},
        typed={"successor": successor.pk, "from_on": from_on, "line": selectors.line(successor),
               "authorised": selectors.authorised(successor, from_on)},
        **living.columns(institution), **door,
    )  # fmt: skip
    Succession.objects.create(
        institution=institution, successor=successor, from_at=since, recorded_at=event.at,
        recorded_by=event.by, event=event,
    )  # fmt: skip
    if upload:
        issuing.file_in(event, upload, kind="other", title=str(event.case.machine.label_one),
                        sender=str(institution))  # fmt: skip
    return event


@transaction.atomic
def withdraw(case, *, by, reason, **door):
    """The institution was never succeeded by that one."""
    event = perform(case, "withdraw", by=by, reason=reason, typed={}, **door)
    row = selectors.of(event.case)
    if row:
        facts.end_all([row], at=event.at, by=event.by, event=event, to_at=row.from_at)
    return event
