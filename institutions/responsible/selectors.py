"""Reads of a change of responsible person: the facts that its rules test."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from fsesys.core import clock

from .. import living
from ..records import AuthorisationPeriod, RoleHolding


@dataclass(frozen=True)
class Facts:
    today: dt.date
    authorised: bool
    authorised_until: dt.date | None  # its last day, where it is to end
    responsible: str  # name, empty in a gap
    responsible_mail: str
    responsible_since: dt.date | None
    substitutes: dict  # mail -> name, of those who are or are to be substitutes
    from_on: dt.date | None
    person: int | None
    person_name: str
    person_mail: str
    ends_substitute: bool
    opened_on: dt.date | None
    reminded: bool
    reminder: tuple | None  # (name, instant) of who sent it
    remind_on: dt.date | None


def facts(case, at) -> Facts:
    held = RoleHolding.objects.known().filter(Q(to_at=None) | Q(to_at__gt=at))
    rows = list(
        held.filter(institution=case.institution_id, role__in=["responsible", "substitute"])
        .select_related("person")
        .order_by("person__name")
    )
    head = next((r for r in rows if r.role == "responsible" and r.from_at <= at), None)
    period = AuthorisationPeriod.objects.at(at).filter(institution=case.institution_id).first()
    reminder = next((e for e in reversed(case.story) if e.verb == "remind"), None)
    return Facts(
        today=clock.day_of(at), authorised=period is not None,
        authorised_until=period and period.to_at and clock.last_day(period.to_at),
        responsible=head.person.name if head else "",
        responsible_mail=head.person.mail if head else "",
        responsible_since=head and clock.day_of(head.from_at),
        substitutes={r.person.mail.lower(): r.person.name for r in rows if r.role == "substitute"},
        from_on=case.from_on, person=case.person_id, person_name=case.person.name if case.person_id else "",
        person_mail=case.person.mail if case.person_id else "",
        ends_substitute=case.ends_substitute,
        opened_on=case.opened_at and clock.day_of(case.opened_at), reminded=case.reminded,
        reminder=(reminder.by.name, reminder.at) if reminder else None, remind_on=case.remind_on,
    )  # fmt: skip


def interests(case, at) -> frozenset:
    """Nobody registers their own role either."""
    return living.interests(case, at) | {case.person_id}
