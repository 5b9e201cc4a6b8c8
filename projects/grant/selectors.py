"""Reads of accesses: what the rules test, who may be asked for, which grants are spent."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from fsesys.core import clock
from fsesys.core.people import Person
from institutions import belonging
from institutions.records import RoleHolding
from researchers.records import Association, Researcher
from researchers.same_person import selectors as same_person

from .. import access, explaining
from ..records import DataBasis, Grant, Project, ProjectOwner, Register


@dataclass(frozen=True)
class Facts:
    """missing: sentences of the rule were it granted now. open_since: when it is open already.
    same_as: the first record, where this is a second one of the same human being."""

    today: dt.date
    person: str
    same_as: str
    association: bool
    missing: tuple
    open_since: str
    granted_before: bool
    running: bool
    ends_on: dt.date | None


NOTHING = {"person": "", "same_as": "", "association": False, "missing": (), "open_since": "",
           "granted_before": False, "running": False, "ends_on": None}  # fmt: skip


def facts(case, at) -> Facts:
    today = clock.day_of(at)
    if case.person_id is None:  # a page that does not know yet for whom
        return Facts(today, **NOTHING)
    trio = (case.person_id, case.project_id, case.agreement_id)
    (supposed,) = access.supposed([trio], at)
    found = list(access.register(at, project=case.project_id, person=case.person_id))
    fact = of(case) if case.pk else None
    runs = bool(fact and (fact.to_at is None or fact.to_at > at))
    now = next((one.at(at)[0] for one in found if one.at(at)), None)  # under any record of theirs
    return Facts(
        today=today, person=case.person.name, same_as=same_person.first(case.person),
        association=explaining.span_of(supposed.held["association"], at) is not None,
        missing=tuple(explaining.missing(supposed, at)),
        open_since=explaining.moment(now) if now else "",
        granted_before=bool(found),
        running=runs, ends_on=clock.last_day(fact.to_at) if runs and fact.to_at else None,
    )  # fmt: skip


def of(case):
    """The dated fact of the case as we know it now, or None."""
    return Grant.objects.known().filter(case=case.pk).first()


def interests(case, at) -> frozenset:
    """People who may not decide: the person, whoever belongs to owner or employer, and the
    project's contact person."""
    places = ProjectOwner.objects.at(at).filter(project=case.project_id)
    home = Association.objects.filter(agreement=case.agreement_id)
    ids = places.values_list("institution_id").union(home.values_list("institution_id"))
    own = case.person.human() if case.person_id else frozenset()
    return belonging.people_of([pk for (pk,) in ids], at) | own | {case.project.contact_id}


def speaks(person, project, day) -> bool:
    """Whether the person may ask for accesses that day: a role at the owner, or contact person.

    Before the project had an owner, its first one is meant: it asked together with the proposal.
    """
    known = list(ProjectOwner.objects.known().filter(project=project).order_by("from_at"))
    then = [row for row in known if row.from_at < clock.after(day)
            and (row.to_at is None or row.to_at > clock.midnight(day))]  # fmt: skip
    owners = [row.institution_id for row in then or known[:1]]
    held = RoleHolding.objects.known().filter(
        Q(to_at=None) | Q(to_at__gt=clock.midnight(day)), institution__in=owners, person=person,
        from_at__lt=clock.after(day),
    )  # fmt: skip
    return project.contact_id == person.pk or held.exists()


def speakers(project, at):
    """Everyone who may ask for accesses to the project today."""
    owners = ProjectOwner.objects.at(at).filter(project=project).values("institution")
    held = RoleHolding.objects.at(at).filter(institution__in=owners).values("person")
    return Person.objects.filter(Q(pk__in=held) | Q(pk=project.contact_id)).order_by("name")


def associated(at):
    """Associations that run, with person and institution: of whom access can be asked. An ident
    that is closed gets nothing new."""
    rows = Association.objects.at(at).filter(
        person__researcher__ident__isnull=False, person__researcher__ident_closed_at=None
    )
    rows = rows.select_related("person__researcher", "institution__parent", "agreement")
    return rows.order_by("person__name", "pk")


def one_association(ident, owner, at):
    """(the association under which the person is asked for, "") or (None, why there is none)."""
    rows = list(associated(at).filter(person__researcher__ident=ident))
    mine = [row for row in rows if owner and row.institution_id == owner.pk] or rows
    if len(mine) == 1:
        return mine[0], ""
    if mine:
        return None, _("%(ident)s has several associations that run. Register this request on its"
                       " own, and choose one.") % {"ident": ident}  # fmt: skip
    closed = Researcher.objects.filter(ident=ident, ident_closed_at__isnull=False).first()
    if closed:
        return None, _("The ident %(ident)s is closed. Go on with the first record of this person,"
                       " %(first)s.") % {
            "ident": ident, "first": same_person.first(closed.person)}  # fmt: skip
    return None, _("Nobody with the ident %(ident)s has an association that runs.") % {
        "ident": ident
    }


def to_renew(found, owner, at):
    """The association of a spent grant where it runs, else the one of the person's first record as
    for a new request."""
    same = associated(at).filter(agreement=found.agreement_id).first()
    if same:
        return same, ""
    person = Person.objects.select_related("same_as__researcher", "researcher")
    person = person.get(pk=found.person_id)
    return one_association((person.same_as or person).researcher.ident, owner, at)


def reads(case):
    """What a decision on an access reads of the layers below, in their order."""
    home = Association.objects.filter(agreement=case.agreement_id).values("institution")
    owners = ProjectOwner.objects.known().filter(project=case.project_id).values("institution")
    used = DataBasis.objects.known().filter(project=case.project_id)
    places = ProjectOwner.institution.field.related_model.objects
    return (places.filter(Q(pk__in=home) | Q(pk__in=owners)),
            Person.objects.filter(pk__in=case.person.human() if case.person_id else ()),
            Register.objects.filter(pk__in=used.values("register")))  # fmt: skip


def subject(case):
    return Project.objects.filter(pk=case.project_id)
