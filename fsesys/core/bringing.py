"""The door for a register that comes in: many cases at once, decided before this system.

The rows and the events are those that the door writes for one case, but table by table: the number
of statements does not grow with the records. What a record is stands in each register's importer.
"""

from dataclasses import dataclass, field, replace

from django.db import router, transaction

from . import rules
from .asking import second_case, unborn, view_of
from .cases import Case, ProcessEvent
from .door import event_of, next_numbers, open_case, permitted
from .onetime import uuid_of
from .refusal import Refused

AT_ONCE = 500  # rows in one statement


@dataclass
class Incoming:
    """One record. columns: of its case, as `door.begin` takes them. people: ids of those who
    belong to the record, who may not bring it in themselves. facts: kept with the event."""

    row: int
    columns: dict
    people: frozenset = frozenset()
    facts: dict = field(default_factory=dict)


@transaction.atomic
def bring_in(batch, model, incoming, *, by, state) -> list:
    """Write the cases in their state, each with one event `import`; the events in the same order.

    batch: the ImportBatch of this transaction, without which the database refuses the cases. The
    caller made or holds the records. Raises NotYours or Refused; nothing is written then.
    """
    move, views = model.machine.imported, []
    for one in incoming:
        case = unborn(model, origin="import", **one.columns)
        case.subject_label = case.subject_label[:300]
        view = replace(views[0], case=case) if views else view_of(case, by, batch.reason, batch.at)
        views.append(permitted(move, replace(view, interests=frozenset(one.people))))
    _refuse(move, views, model.machine.state(state).closed)
    cases = [view.case for view in views]
    for case, number in zip(cases, next_numbers(len(cases), batch.at), strict=True):
        open_case(case, state, number, batch.at)
    _insert(model, cases)
    model.history.bulk_history_create(
        cases, batch_size=AT_ONCE, default_user=by, default_change_reason=move.verb
    )
    return ProcessEvent.objects.bulk_create(
        [event_of(view, move, uuid_of(None), "", reason=batch.reason,
                  facts={"batch": batch.pk, "row": one.row} | one.facts)
         for view, one in zip(views, incoming, strict=True)], batch_size=AT_ONCE,
    )  # fmt: skip


def _refuse(move, views, closed):
    refusals = [sentence for view in views for sentence in rules.own_interest(move, view)]
    if not closed:  # one open case of a kind on a record; a closed one disturbs nobody
        refusals += [sentence for view in views for sentence in second_case(view.case)]
    if refusals:
        raise Refused(dict.fromkeys(refusals))


def _insert(model, cases):
    """The rows of the shared table, then of the process's own: bulk_create refuses such models."""
    shared = [f.attname for f in Case._meta.concrete_fields if not (f.primary_key or f.generated)]
    parents = Case.objects.bulk_create(
        [Case(**{name: getattr(case, name) for name in shared}) for case in cases],
        batch_size=AT_ONCE,
    )  # fmt: skip
    for case, parent in zip(cases, parents, strict=True):
        case.pk = case.id = parent.pk
        case._state.adding, case._state.db = False, parent._state.db
    own, using = model._meta.local_concrete_fields, router.db_for_write(model)
    for start in range(0, len(cases), AT_ONCE):
        model._base_manager._insert(cases[start : start + AT_ONCE], fields=own, using=using)
