"""Reads of project databases: what an institution owns, and whether a subproject's database lasts.

A project database holds subprojects of the same institution (domain.md 0.2).
"""

from django.db.models import Q

from .. import owning
from ..records import DATABASE, Project, ProjectPeriod


def alive(institution, at, but=None) -> dict:
    """{id: number} of the project databases that the institution owns and that run, are to begin
    or are being proposed. but: id of a project that is not counted."""
    owned = Q(projectowners__institution=institution, projectowners__retracted_at=None)
    lasting = ProjectPeriod.objects.known().filter(Q(to_at=None) | Q(to_at__gt=at))
    proposed = Q(proposals__closed_at=None, proposals__isnull=False)
    living = proposed | Q(pk__in=lasting.values("project"))
    rows = Project.objects.filter(owned & living, scheme=DATABASE, database=None)
    return dict(rows.exclude(pk=but).values_list("pk", "number"))


def idle(project, at):
    """The number of the database that the project belongs to, where it does not last; or None."""
    base = project and project.database
    return base.number if base and not owning.lasts(base, at) else None
