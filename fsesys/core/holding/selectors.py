"""Reads of holds: the facts that the rules test, and the holds whose day has passed."""

import datetime as dt
from dataclasses import dataclass

from .. import clock


@dataclass(frozen=True)
class Facts:
    """running: whether the case's hold runs at the instant. last_day: of the hold, if it has one."""

    today: dt.date
    running: bool
    last_day: dt.date | None
    precautionary: bool


def read(fact, case, at) -> dict:
    """The values of Facts for the case; `fact` is the table of these holds."""
    hold = of(fact, case) if case.pk else None
    return {
        "today": clock.day_of(at),
        "running": bool(hold and hold.from_at <= at and (hold.to_at is None or hold.to_at > at)),
        "last_day": clock.last_day(hold.to_at) if hold and hold.to_at else None,
        "precautionary": bool(hold and hold.precautionary),
    }


def rows(fact, case):
    """What we know now of the hold: one row, or two where it was made final on the way."""
    return list(fact.objects.known().filter(case=case.pk).order_by("from_at"))


def of(fact, case):
    """The dated fact of the case as we know it now, or None when it was undone."""
    return (rows(fact, case) or [None])[-1]


def over(model, today):
    """Open cases of holds whose last day lies before today."""
    return model.objects.filter(closed_at=None, until_on__lt=today).order_by("pk")
