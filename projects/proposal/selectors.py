"""Reads of process 3: the facts that its rules test, and the cases that can lapse."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import SimpleLazyObject

from fsesys.core import clock, roles
from fsesys.core.parameters import parameters
from institutions import belonging
from institutions.authorisation import selectors as first
from institutions.changes.selectors import held_at
from institutions.records import (
    AuthorisationPeriod,
    EnterpriseRight,
    Institution,
    InstitutionHold,
    RoleHolding,
)

from .. import owning, people
from ..records import Project, ProjectPeriod
from . import databases, expiry
from .machine import WAITING
from .models import ProposalCase, ProposalVersion

ENTRY = ("administrator", "contact_with_powers", "signatory")


@dataclass(frozen=True)
class Held:
    """A role at the owner: since and until are days, the last one included."""

    person: int
    role: str
    since: dt.date
    until: dt.date | None


@dataclass(frozen=True)
class Member:
    name: str
    authorised: bool
    right: str


@dataclass(frozen=True)
class Facts:
    """What only some verbs ask is loaded when it is asked."""

    today: dt.date
    institution: int | None
    owner: str
    owned: bool
    authorised: bool
    suspended: bool
    schemes: frozenset
    holdings: tuple
    officers: frozenset
    is_database: bool
    databases: dict  # id -> number of the owner's other project databases
    most_databases: int
    idle_database: int | None  # number of the database it belongs to, where that does not last
    criteria: tuple
    open_questions: frozenset
    closed_questions: dict
    members: tuple
    restricted: tuple  # planned registers with restricted enterprise data
    exempted: bool
    enterprise_years: int
    approvals: tuple
    external_data: bool
    signatories: frozenset  # ids of those named who hold the role today
    last_on: dt.date | None
    approved_on: dt.date | None
    two_officers: bool
    lapse_on: dt.date | None
    other_open: str | None
    overtaken: int | None
    warning: int | None


def facts(case, at) -> Facts:
    today, owner, version = (
        clock.day_of(at),
        case.institution_id,
        case.proposal if case.pk else None,
    )
    project, values = case.project if case.project_id else None, parameters(today)
    return Facts(
        today=today, institution=owner, owner=str(case.institution) if owner else "",
        owned=SimpleLazyObject(lambda: owning.owner(case.project_id, at) is not None),
        authorised=AuthorisationPeriod.objects.at(at).filter(institution=owner).exists(),
        suspended=InstitutionHold.objects.at(at).filter(institution=owner).exists(),
        schemes=SimpleLazyObject(lambda: frozenset(held_at(case.institution, at).schemes)),
        holdings=SimpleLazyObject(lambda: holdings(owner)),
        officers=SimpleLazyObject(lambda: frozenset(
            roles.holders(roles.OFFICER, at).values_list("pk", flat=True))),
        is_database=bool(project and project.is_database),
        databases=SimpleLazyObject(lambda: databases.alive(owner, at, but=case.project_id)),
        most_databases=values["max_project_databases_per_institution"],
        idle_database=SimpleLazyObject(lambda: databases.idle(project, at)),
        criteria=SimpleLazyObject(lambda: first.criteria(case, today)),
        open_questions=SimpleLazyObject(lambda: first.open_questions(case)),
        closed_questions=SimpleLazyObject(lambda: first.closed_questions(case)),
        members=SimpleLazyObject(lambda: members(case.institution, version, at)),
        restricted=SimpleLazyObject(lambda: restricted(version, at)),
        exempted=SimpleLazyObject(lambda: owning.exempted(case.project_id, at)),
        enterprise_years=values["enterprise_data_years"],
        approvals=SimpleLazyObject(lambda: tuple(version.approvals.all())),
        external_data=bool(version and version.external_data.strip()),
        signatories=SimpleLazyObject(
            lambda: frozenset(signatories(version, owner, at).values_list("pk", flat=True))),
        last_on=version and version.last_on, approved_on=_approved_on(case),
        two_officers=bool(values["proposal_two_officers"]), lapse_on=case.lapse_on,
        other_open=_other_open(case), overtaken=_overtaken(case),
        warning=expiry.warning(case, at, values) if case.state == "in_force" else None,
    )  # fmt: skip


def holdings(institution) -> tuple:
    """Who held which of the roles of a proposal, and when, as we know it now."""
    rows = RoleHolding.objects.known().filter(institution=institution, role__in=ENTRY)
    return tuple(
        Held(row.person_id, row.role, clock.day_of(row.from_at),
             clock.last_day(row.to_at) if row.to_at else None) for row in rows
    )  # fmt: skip


def members(owner, version, at) -> tuple:
    """The owner and every other institution whose people are planned to work on the project."""
    planned = [owner, *version.members.select_related("parent")]
    pks = [one.pk for one in planned]
    running = set(
        AuthorisationPeriod.objects.at(at).filter(institution__in=pks)
        .values_list("institution_id", flat=True)
    )  # fmt: skip
    rights = EnterpriseRight.objects.at(at).filter(institution__in=pks)
    known = dict(rights.values_list("institution_id", "right"))
    return tuple(Member(str(one), one.pk in running, known.get(one.pk, "none")) for one in planned)


def signatories(version, owner, at):
    """Whom the version names to sign and who holds the role at the instant, by name."""
    return version.signatories.filter(
        pk__in=people.holding(owner, ("signatory",), at).values("pk")
    ).order_by("name")


@dataclass(frozen=True)
class Planned:
    name: str
    year_to: int | None


def restricted(version, at) -> tuple:
    rows = version.registers.filter(register__in=owning.restricted(at))
    return tuple(
        Planned(name, last) for name, last in rows.values_list("register__name", "year_to")
    )


def _approved_on(case):
    event = next((e for e in reversed(case.story) if e.verb == "approve"), None)
    return event and clock.day_of(event.at)


def _other_open(case):
    if case.closed_at is None:
        return None
    others = ProposalCase.objects.filter(project=case.project_id, closed_at=None)
    return others.values_list("number", flat=True).first()


def _overtaken(case):
    """The later version of the project that both sides signed, or None."""
    if case.closed_at is None:
        return None
    later = ProjectPeriod.objects.known().filter(project=case.project_id, version__gt=case.version)
    return later.order_by("version").values_list("version", flat=True).last()


def prepared(person, held, today):
    """Cases of which nothing was heard until the day our letter named: a person lets them lapse."""
    rows = ProposalCase.objects.filter(lapse_on__lte=today, closed_at=None, state__in=WAITING)
    if roles.OFFICER not in held:
        rows = rows.none()
    return rows.filter(responsible__in=list(roles.seats(person))).values("pk")


def silent_until(day) -> dict:
    """The column that says from when on silence lets the case lapse."""
    days = parameters(clock.today())["proposal_silence_days"]
    return {"lapse_on": day + dt.timedelta(days=days)}


def interests(case, at) -> frozenset:
    """Ids of the people of the owner and of every planned institution, the contact person and
    whom the version names to sign."""
    version = case.proposal if case.pk else None
    if version is None:
        contact = case.project.contact_id if case.project_id else None
        return belonging.people_of([case.institution_id], at) | {contact}
    members = version.members.values_list("pk", flat=True)
    named = {version.contact_id, *version.signatories.values_list("pk", flat=True)}
    return belonging.people_of([case.institution_id, *members], at) | named


def reads(case):
    """The owner, every planned institution and the project database may not be ended meanwhile."""
    versions = ProposalVersion.objects.filter(project=case.project_id, number=case.version)
    planned = versions.values("members") if case.pk else []
    read = [Institution.objects.filter(Q(pk=case.institution_id) | Q(pk__in=planned))]
    base = case.project.database_id
    return [*read, Project.objects.filter(pk=base)] if base else read


def agreement(case):
    """The project agreement that FSE signed last on this case, or None."""
    return case.documents.filter(template="project_agreement").order_by("pk").last()


def load(number):
    rows = ProposalCase.objects.select_related("responsible", *ProposalCase.related)
    return rows.filter(number=number).first()
