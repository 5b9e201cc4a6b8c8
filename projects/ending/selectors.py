"""Reads of the early end of a project: the facts that the rules test."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from fsesys.core import clock, dependants

from .. import owning, word
from ..records import DataBasis, ProjectPeriod


@dataclass(frozen=True)
class Facts:
    """dependants: keys of what hangs on the project, no names."""

    today: dt.date
    runs: bool
    spoke: tuple
    dependants: tuple


def facts(case, at) -> Facts:
    return Facts(
        today=clock.day_of(at), runs=owning.lasts(case.project_id, at),
        spoke=word.spoke(case.institution_id, at),
        dependants=dependants.keys(lambda: dependants.of(case.subject_key, at, but=case.pk)),
    )  # fmt: skip


def lasting(model, project, at) -> list:
    """The facts of the project that run at the instant or begin later."""
    rows = model.objects.known().filter(Q(to_at=None) | Q(to_at__gt=at), project=project)
    return list(rows)


def both(project, at) -> list:
    """Periods and data basis of the project that an end now would end."""
    return [lasting(model, project, at) for model in (ProjectPeriod, DataBasis)]
