"""One thing after another on working days of the past: the clock of a walk through the actions."""

import datetime as dt
from contextlib import contextmanager

from django.db import transaction

from fsesys.core import clock, workdays
from fsesys.core.refusal import Refused

MORNING = dt.time(8, 30)


class Pace:
    """The day a walk has come to. Every step stands on a working day before today."""

    def __init__(self, staff, start, today, minutes=0):
        self.staff, self.last = staff, today - dt.timedelta(days=1)
        while not workdays.is_working_day(self.last):
            self.last -= dt.timedelta(days=1)
        self.minutes = dt.timedelta(minutes=minutes % 400)
        self.day = min(workdays.after(start, 1), self.last)

    def on(self, days=1):
        """The clock, so many working days later."""
        self.day = min(workdays.after(self.day, days), self.last)
        return self.now()

    def now(self):
        at = dt.datetime.combine(self.day, MORNING, tzinfo=clock.COPENHAGEN)
        return moved(at + self.minutes)


@contextmanager
def moved(at):
    """The clock at the instant, and what a page asks once is asked once here too."""
    with clock.moved(at), clock.request_time():
        yield


def each(walks, told):
    """Do every walk in a transaction of its own; what the office refuses is told and left out."""
    done = 0
    for walk in walks:
        try:
            with transaction.atomic():
                walk()
            done += 1
        except Refused as refused:
            told(f"  left out: {' '.join(refused.refusals)}")
    return done
