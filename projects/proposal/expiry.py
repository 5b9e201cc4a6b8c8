"""Warnings of the end of a project: which is due, and of which day it speaks.

A project ends where its signed periods no longer run on into each other.
"""

import datetime as dt

from fsesys.core import clock
from fsesys.core.parameters import parameters

from .. import owning
from ..records import ProjectPeriod
from .models import ProposalCase

WARNINGS = ("project_warning_first", "project_warning_second", "project_warning_last")


def last_day(case, at):
    """The project's last day, where it is the case's own period that ends it; or None."""
    period = owning.last_of_run(case.project_id, at)
    if period is None or period.case_id != case.pk or period.to_at is None:
        return None
    return clock.last_day(period.to_at)


def warning(case, at, values):
    """The threshold (days before the end) that is due for the case and was not warned of, or None.

    Of thresholds that were missed only the last one is told: the letter names the day itself.
    """
    ends = last_day(case, at)
    if ends is None:
        return None
    left = (ends - clock.day_of(at)).days
    due = [values[name] for name in WARNINGS if left <= values[name]]
    if not due or (case.warned is not None and case.warned <= min(due)):
        return None
    return min(due)


def ending(at):
    """Cases whose signed period ends within the first warning's days; no other may adjoin."""
    days = parameters(clock.day_of(at))["project_warning_first"]
    rows = ProjectPeriod.objects.known().filter(
        to_at__gt=at, to_at__lte=at + dt.timedelta(days=days + 1)
    )
    return ProposalCase.objects.filter(pk__in=rows.values("case")).order_by("pk")
