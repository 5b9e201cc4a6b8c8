"""Reads of the early end of a project: the facts that the rules test."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import SimpleLazyObject

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
        dependants=SimpleLazyObject(
            lambda: tuple(row.key for row in hanging(case.subject_key, at, case.pk))
        ),
    )  # fmt: skip


def lasting(model, project, at) -> list:
    """The facts of the project that run at the instant or begin later."""
    rows = model.objects.known().filter(Q(to_at=None) | Q(to_at__gt=at), project=project)
    return list(rows)


def both(project, at) -> list:
    """Periods and data basis of the project that an end now would end."""
    return [lasting(model, project, at) for model in (ProjectPeriod, DataBasis)]


def hanging(subject_key, at, case=None) -> list:
    """What hangs on the project, but for the case that decides on its end."""
    return [row for row in dependants.of(subject_key, at) if row.key != f"case:{case}"]
