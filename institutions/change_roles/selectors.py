"""Reads of a change of roles: who holds which role at the institution from when to when."""

import datetime as dt
from dataclasses import dataclass

from fsesys.core import clock

from .. import living
from ..records import AuthorisationPeriod, RoleHolding


@dataclass(frozen=True)
class Held:
    """One role of one person, half-open in instants as the facts are."""

    pk: int
    role: str
    name: str
    mail: str
    from_at: dt.datetime
    to_at: dt.datetime | None

    def runs(self, at) -> bool:
        return self.from_at <= at and (self.to_at is None or self.to_at > at)

    def reaches(self, at) -> bool:
        """Whether any of it lies after the instant."""
        return self.to_at is None or self.to_at > at


@dataclass(frozen=True)
class Facts:
    at: dt.datetime
    today: dt.date
    authorised: bool
    authorised_on: dt.date | None
    authorised_until: dt.date | None  # its last day, where it is to end
    from_on: dt.date | None
    responsible: str
    substitutes: dict  # mail -> name
    held: tuple


def facts(case, at) -> Facts:
    rows = RoleHolding.objects.known().filter(institution=case.institution_id)
    held = tuple(
        Held(row.pk, row.role, row.person.name, row.person.mail.lower(), row.from_at, row.to_at)
        for row in rows.exclude(role="user").select_related("person").order_by("from_at", "pk")
    )
    period = AuthorisationPeriod.objects.at(at).filter(institution=case.institution_id).first()
    now = [one for one in held if one.runs(at)]
    return Facts(
        at=at, today=clock.day_of(at), authorised=period is not None,
        authorised_on=period and clock.day_of(period.from_at),
        authorised_until=period and period.to_at and clock.last_day(period.to_at),
        from_on=case.from_on,
        responsible=next((one.name for one in now if one.role == "responsible"), ""),
        substitutes={one.mail: one.name for one in now if one.role == "substitute"}, held=held,
    )  # fmt: skip


def to_end(institution, at):
    """The rows of roles that run or are to run, but for the responsible person's and users'."""
    rows = RoleHolding.objects.known().filter(institution=institution)
    rows = rows.exclude(role__in=["responsible", "user"]).select_related("person")
    return [row for row in rows.order_by("role", "person__name")
            if row.to_at is None or row.to_at > at]  # fmt: skip


def interests(case, at) -> frozenset:
    """Nobody registers their own role either."""
    return living.interests(case, at) | {case.person_id}
