"""What happens when two records are of one human being: one function per verb."""

from django.db import transaction
from django.http import QueryDict

from fsesys.core import pending
from fsesys.core.door import begin, perform
from fsesys.core.people import Person

from .. import living
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
    person, researcher = Person.objects.get(pk=event.case.person_id), event.case.person.researcher
    person.same_as = event.case.stays
    researcher.ident_closed_at = event.at if researcher.ident else None
    for row in (person, researcher):
        row._history_user = by
        row.save()
    return event


def withdraw(case, *, by, reason, **door):
    """The records were not linked."""
    return perform(case, "withdraw", by=by, reason=reason, **door)
