"""Reads about staff: the facts that the rules test, and what the pages show."""

import datetime as dt
from dataclasses import dataclass

from .. import clock, processes, roles
from ..cases import Case
from ..people import Person
from ..roles import RoleMembership, StandIn
from .machine import MACHINE
from .models import StaffCase


@dataclass(frozen=True)
class Facts:
    today: dt.date
    person: int
    name: str
    roles: frozenset  # held now
    known_roles: frozenset  # held now or from a later day
    acting_roles: frozenset  # those, and the ones of people they stand in for
    last_of: frozenset  # roles that nobody else with an open account holds
    has_stand_in: bool
    stand_in_administers: bool
    cases: dict  # keeper's role -> numbers of the open cases that the person is responsible for


def facts(case, at) -> Facts:
    seats = StandIn.objects.known().filter(stand_in=case.person_id).exclude(to_at__lte=at)
    acts_as = {case.person_id, *seats.values_list("person", flat=True)}
    stand_ins = set(_stand_ins(case, at).values_list("stand_in", flat=True))
    rows = _memberships(acts_as | stand_ins, at)
    later = [row for row in rows if row.person_id == case.person_id]
    held = frozenset(row.role for row in later if row.from_at <= at)
    return Facts(
        today=clock.day_of(at), person=case.person_id, name=case.person.name, roles=held,
        known_roles=frozenset(row.role for row in later),
        acting_roles=frozenset(row.role for row in rows if row.person_id in acts_as),
        last_of=_last_of(case, held, at), has_stand_in=bool(stand_ins),
        stand_in_administers=any(row.role == roles.ADMINISTRATOR and row.person_id in stand_ins
                                 for row in rows),
        cases=open_cases(case.person_id),
    )  # fmt: skip


def _memberships(people, at):
    """What they hold now or from a later day."""
    rows = RoleMembership.objects.known().filter(person__in=people)
    return list(rows.exclude(to_at__lte=at))


def administers(person_id, at) -> bool:
    """Whether the person is an administrator now or from a later day."""
    return any(row.role == roles.ADMINISTRATOR for row in _memberships([person_id], at))


def _last_of(case, held, at):
    vital = held & {roles.HEAD, roles.ADMINISTRATOR}
    others = RoleMembership.objects.at(at).filter(
        role__in=vital, person__account__ended_at=None
    ).exclude(person=case.person_id)  # fmt: skip
    return vital - frozenset(others.values_list("role", flat=True)) if vital else frozenset()


def _stand_ins(case, at):
    rows = StandIn.objects.known().filter(person=case.person_id)
    return rows.exclude(to_at__lte=at)


def stand_in_rows(person_id, at):
    """Stand-ins of the person that run or will run, the next first."""
    rows = StandIn.objects.known().filter(person=person_id).exclude(to_at__lte=at)
    return rows.select_related("stand_in").order_by("from_at")


def membership_rows(person_id):
    return RoleMembership.objects.known().filter(person=person_id).order_by("-from_at", "role")


def open_cases(person_id) -> dict:
    """{role that keeps them: numbers} of the open cases that the person answers for; a staff
    record is none of them."""
    rows = Case.objects.filter(responsible=person_id, closed_at=None)
    found = {}
    for number, process in rows.order_by("pk").values_list("number", "process"):
        if process != MACHINE.process:
            found.setdefault(processes.get(process).machine.keeper, []).append(number)
    return found


def subject(case):
    return Person.objects.filter(pk=case.person_id)


def interests(case, at):
    return frozenset()


def load(number):
    rows = StaffCase.objects.select_related("person__account", "responsible")
    return rows.filter(number=number).first()
