"""Reads of holds: the facts that the rules test, and the holds whose day has passed."""

import datetime as dt
from dataclasses import dataclass

from fsesys.core import clock
from fsesys.core.clock import last_day

from ..records import AuthorisationPeriod, InstitutionHold
from .models import HoldCase


@dataclass(frozen=True)
class Facts:
    """running: whether the case's hold runs at the instant. last_day: of the hold, if it has one."""

    today: dt.date
    authorised: bool
    running: bool
    last_day: dt.date | None


def facts(case, at) -> Facts:
    period = AuthorisationPeriod.objects.at(at).filter(institution=case.institution_id)
    hold = of(case) if case.pk else None
    return Facts(
        today=clock.day_of(at), authorised=period.exists(),
        running=bool(hold and hold.from_at <= at and (hold.to_at is None or hold.to_at > at)),
        last_day=last_day(hold.to_at) if hold and hold.to_at else None,
    )  # fmt: skip


def of(case):
    """The dated fact of the case as we know it now, or None when it was undone."""
    return InstitutionHold.objects.known().filter(case=case.pk).first()


def over(today):
    """Open cases of holds whose last day lies before today."""
    return HoldCase.objects.filter(closed_at=None, until_on__lt=today).order_by("pk")
