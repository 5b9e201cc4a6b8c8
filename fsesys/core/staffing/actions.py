"""What happens to staff: one function per verb, each a sentence an officer would say."""

import datetime as dt

from django.db import transaction

from .. import clock, processes, roles
from ..door import begin, hold, perform
from ..facts import replace
from ..people import Person, User
from ..roles import RoleMembership, StandIn
from . import selectors
from .models import StaffCase


@transaction.atomic
def open_account(
    *, by, username="", name="", mail="", language="da", password="", account=None, **door
):
    """The administrator opened an account, or the record of an account that had none."""
    taken = account is None and User.objects.filter(username=username).exists()
    if account is None and not taken:
        person = Person.objects.create(name=name, mail=mail)
        account = User(username=username, person=person, language=language)
        account.set_password(password)
        account.save()
    person = account.person if account else by.person
    return begin(
        StaffCase, by=by, verb="open_account", person=person, responsible=person,
        subject_key=f"person:{person.pk}", subject_label=person.name,
        typed={"taken": taken, "username": username, "has_account": False}, **door,
    )  # fmt: skip


def _who(by, proposal=None, **typed):
    return typed | {"by": by.person_id, "confirming": proposal is not None,
                    "roles_of_by": roles.held(by.person, clock.read())}  # fmt: skip


def _span(from_on, to_on, at):
    """From the beginning of the first day (or now) to the end of the last, in instants."""
    begun = max(clock.midnight(from_on), at)
    ended = clock.midnight(to_on + dt.timedelta(days=1)) if to_on else None
    return {"from_at": begun, "to_at": ended}


@transaction.atomic
def give_role(case, *, by, role, from_on, reason, to_on=None, proposal=None, **door):
    """A role was given to the person, proposed by one and confirmed by another."""
    typed = _who(by, proposal, role=role, from_on=from_on, to_on=to_on)
    event = perform(case, "give_role", by=by, reason=reason, typed=typed, proposal=proposal,
                    facts={"role": role}, **door)  # fmt: skip
    RoleMembership.objects.create(
        person=event.case.person, role=role, basis=reason[:300], recorded_at=event.at,
        recorded_by=event.by, event=event, **_span(from_on, to_on, event.at),
    )  # fmt: skip
    return event


@transaction.atomic
def end_role(case, *, by, role, reason, proposal=None, **door):
    """A role of the person ended, proposed by one and confirmed by another."""
    event = perform(case, "end_role", by=by, reason=reason, proposal=proposal,
                    typed=_who(by, proposal, role=role), facts={"role": role}, **door)  # fmt: skip
    _end(RoleMembership.objects.filter(person=event.case.person_id, role=role), event)
    return event


def _end(rows, event):
    """What runs ends now; what was to begin later never does."""
    for row in rows.known().exclude(to_at__lte=event.at):
        if row.from_at < event.at:
            replace(row, at=event.at, by=event.by, event=event, to_at=event.at)
        else:
            type(row).objects.filter(pk=row.pk).update(
                retracted_at=event.at, retracting_event=event
            )


@transaction.atomic
def name_stand_in(case, *, by, stand_in, from_on, reason, to_on=None, **door):
    """The head named somebody who acts for the person while they are away."""
    case = hold(case)
    span = _span(from_on, to_on, clock.read())
    rows = StandIn.objects.known().filter(person=case.person_id)
    rows = rows.filter(from_at__lt=span["to_at"]) if span["to_at"] else rows
    overlaps = rows.exclude(to_at__lte=span["from_at"]).exists()
    typed = _who(by, stand_in=stand_in.pk, from_on=from_on, to_on=to_on, overlaps=overlaps,
                 administers=selectors.administers(stand_in.pk, clock.read()))  # fmt: skip
    event = perform(case, "name_stand_in", by=by, reason=reason, typed=typed,
                    facts={"stand_in": stand_in.pk}, **door)  # fmt: skip
    StandIn.objects.create(
        person=event.case.person, stand_in=stand_in, case=event.case, recorded_at=event.at,
        recorded_by=event.by, event=event, **_span(from_on, to_on, event.at),
    )  # fmt: skip
    return event


@transaction.atomic
def end_stand_in(case, *, by, **door):
    """The person is back, or another will stand in."""
    event = perform(case, "end_stand_in", by=by, **door)
    _end(StandIn.objects.filter(person=event.case.person_id), event)
    return event


@transaction.atomic
def hand_over(case, *, by, to, role, expected, reason, **door):
    """The person's open cases that the role keeps got another responsible, each with its event."""
    event = perform(
        case, "hand_over", by=by, reason=reason, facts={"to": to.pk, "role": role},
        typed=_who(by, to=to.pk, role=role, expected=int(expected)), **door,
    )  # fmt: skip
    for number in selectors.open_cases(event.case.person_id)[role]:
        _assign(number, by, to)
    return event


def _assign(number, by, to):
    for process in processes.everything():
        found = process.model.objects.filter(number=number).first()
        if found:
            process.actions["assign"](found, by=by, responsible=to)


@transaction.atomic
def end_account(case, *, by, reason, **door):
    """The account was ended; its roles and stand-ins ended with it."""
    event = perform(case, "end_account", by=by, reason=reason, typed={}, **door)
    person = event.case.person
    _end(RoleMembership.objects.filter(person=person), event)
    _end(StandIn.objects.filter(person=person), event)
    _end(StandIn.objects.filter(stand_in=person), event)
    User.objects.filter(person=person, ended_at=None).update(ended_at=event.at)
    return event
