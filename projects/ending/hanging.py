"""What hangs on an institution in this app: the projects it owns that run or are being proposed;
and on a project database its subprojects."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from fsesys.core import dependants
from fsesys.core.cases import Case
from fsesys.core.dependants import Dependant

from ..records import Project, ProjectOwner, ProjectPeriod
from . import actions


def listed(subject_key, at) -> list:
    """The kind "project"."""
    kind, _colon, pk = subject_key.partition(":")
    if kind != "institution":
        return []
    owned = ProjectOwner.objects.at(at).filter(institution=pk, project=OuterRef("pk"))
    rows = Project.objects.filter(Exists(owned))
    return _told("project", rows, at, _("Project %(project)s, which the institution owns"))


def subprojects(subject_key, at) -> list:
    """The kind "subproject"."""
    kind, _colon, pk = subject_key.partition(":")
    if kind != "project":
        return []
    rows = Project.objects.filter(database=pk)
    return _told("subproject", rows, at, _("Subproject %(project)s of this project database"))


def _told(kind, projects, at, words) -> list:
    """Those of the projects that run, are to begin or are being proposed."""
    lasting = Q(to_at=None) | Q(to_at__gt=at)
    period = ProjectPeriod.objects.known().filter(lasting, project=OuterRef("pk"))
    proposed = Q(proposals__closed_at=None, proposals__isnull=False)
    rows = projects.filter(Exists(period) | proposed).distinct()
    return [
        Dependant(kind, f"{kind}:{row.pk}", words % {"project": row}, f"/projects/{row.pk}/")
        for row in rows.order_by("number")
    ]


def on_end(ids, event, to_at):
    """The owner's authorisation ends."""
    words = _("The owner's authorisation ends: see case %(number)s. Decide what happens.")
    _ask(ids, event, to_at, words)


def on_database_end(ids, event, to_at):
    """The project database ends."""
    words = _("The project database ends: see case %(number)s. Decide what happens.")
    _ask(ids, event, to_at, words)


def _ask(ids, event, to_at, words):
    """Open cases of each project get a task; where there is none, an officer is asked."""
    for project in Project.objects.filter(pk__in=ids).order_by("pk"):
        cases = _open(project)
        if cases:
            dependants.put_tasks(cases, event, to_at)
        else:
            actions.ask_for_decision(project, reason=words % {"number": event.case.number})


def on_undo(ids, event):
    """What was asked stands as a case; it is told that what the project hangs on stands again."""
    for project in Project.objects.filter(pk__in=ids).order_by("pk"):
        dependants.take_tasks(_open(project), event)


def _open(project) -> list:
    rows = Case.objects.filter(subject_key=project.subject_key, closed_at=None)
    return list(rows.values_list("pk", flat=True))
