"""Reads of a project that every process on it asks for: owner, period, exemption, what may be used.

`project` is a Project or its id; `at` an instant.
"""

from django.db import connection
from django.db.models import Max

from fsesys.core import clock, written
from fsesys.core.parameters import parameters

from .records import (
    AllowedInstitution,
    Exemption,
    Project,
    ProjectOwner,
    ProjectPeriod,
    RegisterFlag,
)


def _id(project):
    return getattr(project, "pk", project)


def owner(project, at):
    """The institution that owns the project at the instant, or None."""

    pk = _id(project)
    if pk is None:
        return None
    held = clock.read_once(("owner", pk, at), lambda: written.one(_owner, project=pk, at=at))
    return held and held.institution


def _owner(project, at):
    rows = ProjectOwner.objects.at(at).filter(project=project)
    return rows.select_related("institution__parent").order_by("pk")


def period(project, at):
    """The signed period that runs at the instant, or None."""
    rows = periods(project)
    return next((row for row in rows if row.from_at <= at and _after(row, at)), None)


def periods(project) -> list:
    """Every signed period, as we know it now, the first one first."""

    pk = _id(project)
    if pk is None:
        return []
    return clock.read_once(("periods", pk), lambda: written.records(_periods, project=pk))


def _periods(project):
    rows = ProjectPeriod.objects.known().filter(project=project).select_related("case")
    return rows.order_by("from_at")


def last_of_run(project, at):
    """The last of the periods that run on from the instant without a gap, or None."""
    last = period(project, at)
    for row in periods(project):
        if last and row.from_at == last.to_at:
            last = row
    return last


def lasts(project, at) -> bool:
    """Whether a signed period runs at the instant or begins later."""
    return any(_after(row, at) for row in periods(project))


def _after(fact, at) -> bool:
    return fact.to_at is None or fact.to_at > at


def ahead(project, at):
    """The period that begins after the instant, or None."""
    return next((row for row in periods(project) if row.from_at > at), None)


def allowed(project, at) -> list:
    """The institutions allowed beside the owner, as dated facts that run at the instant."""
    pk = _id(project)
    if pk is None:
        return []
    return clock.read_once(
        ("allowed", pk, at), lambda: written.records(_allowed, project=pk, at=at)
    )


def _allowed(project, at):
    rows = AllowedInstitution.objects.at(at).filter(project=project)
    return rows.select_related("institution__parent")


def exempted(project, at) -> bool:
    """Whether the chief statistician's exemption runs."""
    return Exemption.objects.at(at).filter(project=project).exists()


def restricted(at) -> frozenset:
    """Ids of the registers that hold restricted enterprise data at the instant."""
    rows = RegisterFlag.objects.at(at).filter(restricted_enterprise=True)
    return frozenset(rows.values_list("register_id", flat=True))


def hold_numbers():
    """Nobody else gives a project number until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('project_number'))")


def next_number(at) -> int:
    """One more than the highest project number ever given or imported, under a lock."""
    hold_numbers()
    highest = Project.objects.aggregate(highest=Max("number"))["highest"]
    first = parameters(clock.day_of(at))["first_project_number"]
    return max((highest or 0) + 1, first)
