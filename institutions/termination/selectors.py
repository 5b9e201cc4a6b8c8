"""Reads of ended authorisations: the facts that the rules test."""

import datetime as dt
from dataclasses import dataclass

from fsesys.core import clock, dependants
from fsesys.core.clock import last_day

from ..records import AuthorisationPeriod, RoleHolding

SPEAKERS = ("responsible", "signatory", "contact_with_powers")


@dataclass(frozen=True)
class Facts:
    """ends_on: the last day, where an end is decided already. dependants: keys, no names."""

    today: dt.date
    in_force: bool
    ends_on: dt.date | None
    dependants: tuple
    empowered: frozenset


def facts(case, at) -> Facts:
    period = AuthorisationPeriod.objects.at(at).filter(institution=case.institution_id).first()
    return Facts(
        today=clock.day_of(at), in_force=period is not None,
        ends_on=last_day(period.to_at) if period and period.to_at else None,
        dependants=dependants.keys(lambda: dependants.of(case.subject_key, at)),
        empowered=frozenset(speakers(case.institution, at).values_list("person", flat=True)),
    )  # fmt: skip


def speakers(institution, at):
    """The roles at the instant of those who may speak for the institution."""
    held = RoleHolding.objects.at(at).filter(institution=institution, role__in=SPEAKERS)
    return held.select_related("person").order_by("role", "person__name")
