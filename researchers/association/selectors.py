"""Reads of associations: what the rules test, who approves or refuses, who may say that it ends."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from fsesys.core import clock, dependants, roles
from fsesys.core.people import Person
from fsesys.core.roles import RoleMembership
from institutions import belonging
from institutions.changes.selectors import as_of
from institutions.records import Institution, RoleHolding

from .. import living
from ..records import Association

ANSWERERS = ("responsible", "substitute")
SPEAKERS = (*ANSWERERS, "administrator")


@dataclass(frozen=True)
class Facts:
    """answers: the answerable person is an employee there. dependants: keys, no names."""

    today: dt.date
    authorised: bool
    on_hold: bool
    domains: tuple
    person: str
    humans: frozenset
    same_as: str
    ident: str
    mail: str
    type: str
    answerable: str
    answerable_id: int | None
    answers: bool
    agreement_on: dt.date | None
    runs: bool
    since: dt.date | None
    ends_on: dt.date | None
    dependants: tuple


def facts(case, at) -> Facts:
    institution, person = case.institution, case.person if case.person_id else None
    sent = agreement(case) if case.pk else None
    runs = running(case, at) if case.pk else None
    return Facts(
        today=clock.day_of(at), authorised=institution.periods.at(at).exists(),
        on_hold=institution.holds.at(at).exists(),
        domains=tuple(as_of(institution, at).mail_domains),
        person=person.name if person else "", humans=person.human() if person else frozenset(),
        same_as=person.same_as.name if person and person.same_as_id else "",
        ident=(person and _ident(person)) or "", mail=case.mail, type=case.type,
        answerable=case.answerable.name if case.answerable_id else "",
        answerable_id=case.answerable_id,
        answers=bool(case.answerable_id) and employees(institution, at).filter(
            person=case.answerable_id).exists(),
        agreement_on=sent and clock.day_of(sent.registered_at),
        runs=runs is not None, since=runs and clock.day_of(runs.from_at),
        ends_on=runs and runs.to_at and clock.last_day(runs.to_at),
        dependants=dependants.keys(lambda: hanging(case, at)),
    )  # fmt: skip


def _ident(person):
    return getattr(getattr(person, "researcher", None), "ident", None)


def agreement(case):
    """The agreement that the person has before them to sign."""
    return case.documents.filter(template="association_agreement").order_by("pk").last()


def running(case, at):
    """The dated fact of the case where it has not ended at the instant, or None."""
    known = Association.objects.known().filter(agreement=case.pk)
    return known.filter(Q(to_at=None) | Q(to_at__gt=at)).first()


def latest(case):
    """The dated fact of the case as we know it now, whether it runs or has ended; or None."""
    return Association.objects.known().filter(agreement=case.pk).order_by("pk").last()


def employees(institution, at):
    """Associations of employees that run there: who can answer for guests and students."""
    rows = Association.objects.at(at).filter(institution=institution, type="employee")
    return rows.select_related("person").order_by("person__name", "pk")


def hanging(case, at) -> list:
    """What hangs on an active association; the case itself is not told."""
    if case.state not in ("active", "ended") or running(case, at) is None:
        return []
    return dependants.of(case.subject_key, at, but=case.pk)


def mail_of(mail, but):
    """Somebody on record with the mail under another record than these, or None."""
    rows = Person.objects.filter(mail__iexact=mail, is_system=False).exclude(pk__in=but)
    return rows.order_by("pk").first() if mail else None


def _held_on(case, held, day):
    """The roles of those kinds at the institution on any hour of the day."""
    return RoleHolding.objects.known().filter(
        Q(to_at=None) | Q(to_at__gt=clock.midnight(day)), institution=case.institution_id,
        role__in=held, from_at__lt=clock.after(day),
    )  # fmt: skip


def may_answer(case, person, day) -> bool:
    """Whether the person could approve or refuse for the institution that day."""
    return _held_on(case, ANSWERERS, day).filter(person=person).exists()


def answerers(case):
    """Everyone who is or was responsible or substitute at the institution."""
    rows = RoleHolding.objects.known().filter(institution=case.institution_id, role__in=ANSWERERS)
    return Person.objects.filter(pk__in=rows.values("person")).order_by("name")


def speaks(case, person, day) -> bool:
    """Whether the association may end on that word: the person's own, or the institution's."""
    own = person.pk in case.person.human()
    return own or _held_on(case, SPEAKERS, day).filter(person=person).exists()


def speakers(case):
    """Everyone on whose word the association may have ended."""
    rows = RoleHolding.objects.known().filter(institution=case.institution_id, role__in=SPEAKERS)
    return Person.objects.filter(
        Q(pk__in=rows.values("person")) | Q(pk__in=case.person.human())
    ).order_by("name")  # fmt: skip


def on_staff(person, day) -> bool:
    held = RoleMembership.objects.known().filter(
        Q(to_at=None) | Q(to_at__gt=clock.midnight(day)), person=person, role__in=roles.STAFF,
        from_at__lt=clock.after(day),
    )  # fmt: skip
    return held.exists()


def interests(case, at) -> frozenset:
    """Who may not decide: the person under every record, and whoever belongs there."""
    there = belonging.people_of([case.institution_id], at)
    return there | (living.interests(case, at) if case.person_id else frozenset())


def reads(case):
    """What a verb reads and nobody may change meanwhile."""
    return (Institution.objects.filter(pk=case.institution_id),)


def subject(case):
    """Everybody whom a verb writes, reads or tells: the person, who answers for them, and the guests
    whom they answer for. Locked together, in one order: two may answer for each other elsewhere."""
    guests = case._meta.model.objects.filter(
        answerable=case.person_id, institution=case.institution_id, closed_at=None
    )
    return Person.objects.filter(
        Q(pk__in={case.person_id, case.answerable_id} - {None}) | Q(pk__in=guests.values("person"))
    )
