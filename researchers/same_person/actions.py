"""What happens when two records are of one human being: one function per verb."""

from django.db import transaction
from django.http import QueryDict

from fsesys.core import facts, pending
from fsesys.core.door import begin, perform
from fsesys.core.people import Person

from .. import living
from ..records import SameHuman
from .models import SamePersonCase


@transaction.atomic
def name_record(researcher, *, by, stays, reason, **door):
    """The secretary said that two records are one human being, and asked the head to confirm.

    stays: the Person whose record goes on.
    """
    event = begin(
        SamePersonCase, by=by, verb="name_record", reason=reason, stays=stays, typed={},
        responsible=living.caretaker(researcher), facts={"stays": stays.pk},
        **living.columns(researcher), **door,
    )  # fmt: skip
    pending.attempt(event.case, "link_records", by=by, key=None, seen=event.revision,
                    data=QueryDict())  # fmt: skip
    return event


@transaction.atomic
def link_records(case, *, by, **door):
    """The head confirmed: the record was linked to the one that stays, its ident closed."""
    event = perform(case, "link_records", by=by, typed={}, **door)
    _link(event, by, root=event.case.stays_id, closed_at=event.at)
    return event


@transaction.atomic
def unlink_records(case, *, by, reason, **door):
    """The head confirmed that the link was wrong: the record stands for itself, its ident opens."""
    event = perform(case, "unlink_records", by=by, reason=reason, typed={}, **door)
    _link(event, by, root=None, closed_at=None)
    return event


def withdraw(case, *, by, reason, **door):
    """The records were not linked."""
    return perform(case, "withdraw", by=by, reason=reason, **door)


def _link(event, by, root, closed_at):
    """Nothing about either record is moved: what is asked of one follows the link."""
    person, researcher = Person.objects.get(pk=event.case.person_id), event.case.person.researcher
    for fact in SameHuman.objects.known().filter(person=person):  # it was never so
        facts.end_all([fact], at=event.at, by=event.by, event=event, to_at=fact.from_at)
    if root:
        SameHuman.objects.create(person=person, root_id=root, from_at=event.at,
                                 recorded_at=event.at, recorded_by=event.by, event=event)  # fmt: skip
    person.same_as_id = root
    researcher.ident_closed_at = closed_at if researcher.ident else None
    for row in (person, researcher):
        row._history_user, row._change_reason = by, event.verb
        row.save()
