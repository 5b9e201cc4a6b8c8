"""What hangs on an institution in this app: the projects it owns that run or are being proposed."""

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
    mine = {"project": OuterRef("pk")}
    owned = ProjectOwner.objects.at(at).filter(institution=pk, **mine)
    period = ProjectPeriod.objects.known().filter(Q(to_at=None) | Q(to_at__gt=at), **mine)
    proposed = Q(proposals__closed_at=None, proposals__isnull=False)
    rows = Project.objects.filter(Exists(owned)).filter(Exists(period) | proposed).distinct()
    words = _("Project %(project)s, which the institution owns")
    return [
        Dependant("project", f"project:{row.pk}", words % {"project": row}, f"/projects/{row.pk}/")
        for row in rows.order_by("number")
    ]


def on_end(ids, event, to_at):
    """Open cases of each project get a task; where there is none, an officer is asked."""
    for project in Project.objects.filter(pk__in=ids).order_by("pk"):
        cases = _open(project)
        if cases:
            dependants.put_tasks(cases, event, to_at)
        else:
            words = _("The owner's authorisation ends: see case %(number)s. Decide what happens.")
            actions.ask_for_decision(project, reason=words % {"number": event.case.number})


def on_undo(ids, event):
    """What was asked stands as a case; it is told that the authorisation stands again."""
    for project in Project.objects.filter(pk__in=ids).order_by("pk"):
        dependants.take_tasks(_open(project), event)


def _open(project) -> list:
    rows = Case.objects.filter(subject_key=project.subject_key, closed_at=None)
    return list(rows.values_list("pk", flat=True))
