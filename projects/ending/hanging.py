"""What of this app hangs on an institution, on an association there, or on a project database: the
projects that run or are being proposed, of the owner, of the contact person who leaves the owner,
and under the database.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from fsesys.core import dependants
from fsesys.core.cases import Case
from fsesys.core.dependants import Dependant
from fsesys.core.people import Person
from researchers.records import Association

from ..records import Project, ProjectOwner, ProjectPeriod
from . import actions


def listed(subject_key, at) -> list:
    """The kind "project"."""
    kind, _colon, pk = subject_key.partition(":")
    if kind != "institution":
        return []
    words = _("Project %(project)s, which the institution owns")
    return _told("project", _running(_owned(pk, at), at), words)


def contacted(subject_key, at) -> list:
    """The kind "contact": the owner's projects whose contact person is associated there no more.

    Projects of other owners do not hang on this association.
    """
    kind, *ids = subject_key.split(":")
    person = Person.objects.filter(pk=ids[0]).first() if kind == "association" else None
    if person is None:
        return []
    runs = Association.objects.at(at).filter(person__in=person.human(), institution=ids[1])
    if runs.count() > 1:  # the human being stays, under another agreement or another record
        return []
    rows = _running(_owned(ids[1], at), at).filter(contact__in=person.human())
    return _told("contact", rows, _("Project %(project)s needs another contact person"))


def subprojects(subject_key, at) -> list:
    """The kind "subproject"."""
    kind, _colon, pk = subject_key.partition(":")
    if kind != "project":
        return []
    rows = _running(Project.objects.filter(database=pk), at)
    return _told("subproject", rows, _("Subproject %(project)s of this project database"))


def _owned(owner, at):
    owned = ProjectOwner.objects.at(at).filter(institution=owner, project=OuterRef("pk"))
    return Project.objects.filter(Exists(owned))


def _running(projects, at):
    """Those that have a signed period still, or are being proposed."""
    lasting = Q(to_at=None) | Q(to_at__gt=at)
    period = ProjectPeriod.objects.known().filter(lasting, project=OuterRef("pk"))
    proposed = Q(proposals__closed_at=None, proposals__isnull=False)
    return projects.filter(Exists(period) | proposed).distinct()


def _told(kind, rows, words) -> list:
    return [
        Dependant(kind, f"{kind}:{row.pk}", words % {"project": row}, f"/projects/{row.pk}/")
        for row in rows.order_by("number")
    ]


def on_end(ids, event, to_at):
    """The owner's authorisation ends."""
    words = _("The owner's authorisation ends: see case %(number)s. Decide what happens.")
    _ask(ids, event, to_at, words)


def contact_leaves(ids, event, to_at):
    """The contact person's association with the owner ends."""
    words = _("The association of the contact person ends: see case %(number)s. Ask the owner for a"
              " re-proposal that names another one, and decide what happens.")  # fmt: skip
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
