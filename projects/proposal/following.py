"""The project's own copy of what its version says: title, contact person, performer, controller.

Which version holds is said by the dated periods. Lists, search and letters read the copy, which is
brought up to the day when a period is signed, ended or undone, and by a job when one begins.
"""

from django.db import transaction
from django.db.models import F

from .. import owning
from ..records import Project, ProjectPeriod
from . import versions
from .models import ProposalVersion

COPIED = ("contact", "performer", "controller")


def follow(project, at, by, **kept) -> bool:
    """Take over what the version says; whether anything changed. kept: columns set beside it."""
    changes = _said(holding(project, at)) | kept
    changes = {name: value for name, value in changes.items() if getattr(project, name) != value}
    for name, value in changes.items():
        setattr(project, name, value)
    if changes:
        project._history_user = by if by.pk else None
        project.save()
    return bool(changes)


def holding(project, at):
    """The period by whose version the project is called: the one that runs, else the last signed."""
    return owning.period(project, at) or next(reversed(owning.periods(project)), None)


def _said(period) -> dict:
    """What an imported project says stands in papers; it keeps what it was brought in with."""
    rows = ProposalVersion.objects.select_related(*COPIED)
    version = period and rows.filter(project=period.project_id, number=period.version).first()
    if not version:
        return {}
    return {"title": versions.right_title(version)} | {
        name: getattr(version, name) for name in COPIED
    }


def papers(project) -> dict:
    """What an imported project was brought in with, while no version of it with text is signed."""
    rows = ProposalVersion.objects.filter(project=project, number__in=versions.signed(project))
    told = None if rows.exists() else project.history.filter(legacy=True).first()
    return {name: getattr(told, name) for name in ("title", "legacy", *COPIED)} if told else {}


def follow_begun(at, by) -> int:
    """Projects of which a later version began by itself; returns how many were brought up to it."""
    begun = ProjectPeriod.objects.at(at).filter(version__gt=1, from_at__gt=F("recorded_at"))
    return sum(_begun(pk, at, by) for pk in begun.values_list("project", flat=True))


@transaction.atomic
def _begun(pk, at, by) -> bool:
    rows = Project.objects.select_for_update(no_key=True, of=("self",))
    return follow(rows.select_related(*COPIED).get(pk=pk), at, by)
