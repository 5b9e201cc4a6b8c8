"""Working days in Denmark: targets, due dates and the two clocks count in them."""

import datetime as dt
from functools import lru_cache

import holidays

WEEKEND = {5, 6}


@lru_cache(maxsize=32)
def _closed(year: int) -> frozenset:
    return frozenset(holidays.country_holidays("DK", years=year))


def is_working_day(day: dt.date) -> bool:
    """True on Monday to Friday outside Danish public holidays."""
    return day.weekday() not in WEEKEND and day not in _closed(day.year)


def after(day: dt.date, count: int) -> dt.date:
    """The working day that lies `count` working days after `day`."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def between(start: dt.date, end: dt.date) -> int:
    """Working days in (start, end]: a day belongs to whoever holds the ball at its end."""
    days = (end - start).days
    return sum(is_working_day(start + dt.timedelta(days=n)) for n in range(1, days + 1))
