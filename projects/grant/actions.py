"""What happens with an access: one function per verb."""

from django.db import transaction

from fsesys.core import clock, facts
from fsesys.core.door import begin, hold, perform
from fsesys.core.wording import day

from .. import living
from ..records import Grant
from . import documents, selectors
from .models import GrantCase


def columns(project, person=None, agreement=None) -> dict:
    """What a case has before anything is typed."""
    label = f"{person.name}, {project}" if person else str(project)
    key = f"access:{person.pk if person else 0}:{project.pk}"
    return {"subject_key": key, "subject_label": label, "project": project, "person": person,
            "agreement": agreement}  # fmt: skip


@transaction.atomic
def register_request(project, *, by, association, asked_by, asked_on, **door):
    """The project's people asked that a person may reach it; a secretary registered that."""
    typed = {"asked_by": asked_by.name, "day": day(asked_on), "ahead": asked_on > clock.today(),
             "speaks": selectors.speaks(asked_by, project, asked_on)}  # fmt: skip
    return begin(
        GrantCase, by=by, verb="register_request", typed=typed, asked_by=asked_by,
        asked_on=asked_on, responsible=living.caretaker(project),
        **columns(project, association.person, association.agreement), **door,
    )  # fmt: skip


@transaction.atomic
def grant(case, *, by, paragraph="", **door):
    """An FSE officer granted the access; every condition held at that moment."""
    event = perform(case, "grant", by=by, basis=_basis(case), **door)
    _run(event)
    documents.write(event, "access_granted", paragraph)
    return event


@transaction.atomic
def renew(project, *, by, association, **door):
    """An FSE officer granted anew what was spent."""
    named = columns(project, association.person, association.agreement)
    event = begin(
        GrantCase, by=by, verb="renew", responsible=living.caretaker(project), **named, **door
    )
    _run(event)
    return event


@transaction.atomic
def refuse(case, *, by, reason, paragraph="", **door):
    """An FSE officer refused the access, with reasons."""
    event = perform(case, "refuse", by=by, reason=reason, **door)
    documents.write(event, "access_refused", paragraph)
    return event


def withdraw(case, *, by, reason, **door):
    """The request was closed without a decision."""
    return perform(case, "withdraw", by=by, reason=reason, **door)


@transaction.atomic
def end(case, *, by, reason, last_on=None, paragraph="", **door):
    """The access was ended from this moment, or with the last day that is stated."""
    told = {"last_on": last_on and last_on.isoformat()}
    event = perform(
        hold(case), "end", by=by, reason=reason, typed={"last_on": last_on}, facts=told, **door
    )
    to_at = clock.after(last_on) if last_on else event.at
    facts.end_all([selectors.of(case)], at=event.at, by=event.by, event=event, to_at=to_at)
    documents.write(event, "access_ended", paragraph)
    return event


def _run(event):
    """The grant's fact begins; what was granted before, under any record of the human being, and is
    spent, ends where this begins."""
    case = event.case
    former = Grant.objects.at(event.at).filter(
        person__in=case.person.human(), project=case.project_id
    )
    facts.end_all(list(former), at=event.at, by=event.by, event=event, to_at=event.at)
    Grant.objects.create(
        project_id=case.project_id, person_id=case.person_id, agreement_id=case.agreement_id,
        case=case, from_at=event.at, recorded_at=event.at, recorded_by=event.by, event=event,
    )  # fmt: skip


def _basis(case):
    """What the grant rests on, kept with the decision."""
    return {"agreement": case.agreement.number}
