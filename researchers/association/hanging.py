"""What an end takes with it in this app: associations with an institution, and those answered for.

Neither ends by itself: each is put before a person, and the rule of access sees the end anyway.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from fsesys.core import dependants, locks
from fsesys.core.dependants import Dependant
from fsesys.core.people import Person

from . import selectors
from .models import AssociationCase

HOME = "/association-cases/association/"


def at_institution(subject_key, at) -> list:
    """The kind "association": who is associated with the institution that ends."""
    kind, *ids = subject_key.split(":")
    if kind != "institution":
        return []
    return _told(AssociationCase.objects.filter(institution=ids[0]), "association",
                 _("Association of %(person)s (%(type)s): %(state)s"))  # fmt: skip


def answered_for(subject_key, at) -> list:
    """The kind "answerable": guests and students of the employee who leaves."""
    kind, *ids = subject_key.split(":")
    if kind != "association":
        return []
    rows = AssociationCase.objects.filter(answerable=ids[0], institution=ids[1])
    return _told(rows, "answerable",
                 _("%(person)s (%(type)s) needs another answerable employee: %(state)s"))  # fmt: skip


def _told(rows, kind, words):
    rows = rows.filter(Q(closed_at=None)).select_related("person").order_by("person__name", "pk")
    return [
        Dependant(kind, f"{kind}:{case.pk}", words % {
            "person": case.person.name, "type": case.get_type_display(),
            "state": case.state_now.label}, f"{HOME}{case.number}/")
        for case in rows
    ]  # fmt: skip


def told_already(event, by):
    """A task on the case itself where whoever answers has a last day by now: who recorded that could
    not list this case yet."""
    case = event.case
    runs = selectors.employees(case.institution, event.at).filter(person=case.answerable_id)
    if all(one.to_at and one.event_id for one in runs) and (last := runs.last()):
        dependants.put_tasks([case.pk], last.event, last.to_at, by)
        case.refresh_from_db(fields=["revision"])


def put_tasks(ids, event, to_at):
    """A task on each case; the people are locked in one order for all who do this."""
    people = AssociationCase.objects.filter(pk__in=ids).values("person")
    locks.lock(Person.objects.filter(pk__in=people))
    dependants.put_tasks(ids, event, to_at)
