"""What time it is: one instant per request and one per decision, read from the database.

Nothing else in FSESYS asks the machine for the time. Tests and the demo loader move the clock
with `moved()`, which production refuses.
"""

import datetime as dt
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

_moved: ContextVar[dt.datetime | None] = ContextVar("moved", default=None)
_kept: ContextVar[dict | None] = ContextVar("kept", default=None)
_reads: ContextVar[bool] = ContextVar("reads", default=False)
_request: ContextVar[dt.datetime | None] = ContextVar("request", default=None)


class ClockRefused(RuntimeError):
    """The clock may be moved only in tests and while the demo office is loaded."""


def read() -> dt.datetime:
    """The database's clock now (aware, UTC), or the moved clock."""
    moved_to = _moved.get()
    if moved_to is not None:
        return moved_to
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def now() -> dt.datetime:
    """The instant of this request; outside a request the same as `read()`."""
    return _moved.get() or _request.get() or read()


def today() -> dt.date:
    """The day it is in Copenhagen."""
    return day_of(now())


def day_of(at: dt.datetime) -> dt.date:
    """The Copenhagen day on which the instant lies."""
    return at.astimezone(COPENHAGEN).date()


def midnight(day: dt.date) -> dt.datetime:
    """Local midnight at which the day begins (design.md section 4)."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=COPENHAGEN)


def begins(day: dt.date, at: dt.datetime) -> dt.datetime:
    """The instant at which begins what is told at `at` of a day: of that day itself now, not the
    hours before."""
    return at if day == day_of(at) else midnight(day)


def after(day: dt.date) -> dt.datetime:
    """The instant at which a fact ends whose last day is given."""
    return midnight(day + dt.timedelta(days=1))


def last_day(to_at: dt.datetime) -> dt.date:
    """The last Copenhagen day of what ends (half-open) at the instant."""
    return day_of(to_at - dt.timedelta(microseconds=1))


@contextmanager
def request_time(reads=False):
    """Hold one instant for the whole request: pages and rules see the same now.

    reads: the request writes nothing, so that what it has read once stays true (`read_once`).
    """
    token, kept, mode = _request.set(read()), _kept.set({}), _reads.set(reads)
    try:
        yield
    finally:
        _request.reset(token)
        _kept.reset(kept)
        _reads.reset(mode)


def kept(key, load):
    """What `load()` gives, asked once per request; outside a request asked every time."""
    memory = _kept.get()
    if memory is None:
        return load()
    if key not in memory:
        memory[key] = load()
    return memory[key]


def read_once(key, load):
    """What `load()` gives, asked once per request that only reads; any other asks every time."""
    return kept(key, load) if _reads.get() else load()


@contextmanager
def moved(to: dt.datetime):
    """Let the clock stand at `to` (aware). Raises ClockRefused where the settings forbid it."""
    if not getattr(settings, "CLOCK_MAY_BE_MOVED", False):
        raise ClockRefused("The clock can not be moved here.")
    token = _moved.set(to)
    try:
        yield
    finally:
        _moved.reset(token)
