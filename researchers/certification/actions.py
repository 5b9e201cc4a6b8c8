"""What happens with a result: one function per verb."""

from django.db import transaction

from fsesys.core import clock, facts, issuing
from fsesys.core.door import begin, perform
from fsesys.core.parameters import parameters
from fsesys.core.wording import day

from .. import living
from ..records import CertificationPass
from ..standing import until
from . import selectors
from .documents import TITLES
from .models import CertificationCase


@transaction.atomic
def register_result(researcher, *, by, taken_on, correct, rules_version="", **door):
    """A result of the test was registered; with all answers right the person is certified."""
    person = researcher.person
    selectors.hold_results()
    selectors.hold_human(person)
    questions = parameters(taken_on)["certification_questions"]
    typed = {"taken_on": taken_on, "correct": correct,
             "tried": selectors.tried(person.human(), taken_on),
             "passed": selectors.passed(person.human(), taken_on)}  # fmt: skip
    event = begin(
        CertificationCase, by=by, verb="register_result", typed=typed,
        to="passed" if correct == questions else "failed", taken_on=taken_on,
        correct=max(0, min(correct, questions)), out_of=questions, rules_version=rules_version,
        responsible=living.caretaker(researcher), **living.columns(researcher), **door,
    )  # fmt: skip
    if event.to_state == "passed":
        CertificationPass.objects.bulk_create([passing(event)])
    return event


def passing(event):
    """The fact that a passed result begins; until when it counts is asked of the parameter."""
    case = event.case
    return CertificationPass(
        person=case.person, passed_on=case.taken_on, rules_version=case.rules_version, case=case,
        from_at=clock.midnight(case.taken_on), recorded_at=event.at, recorded_by=event.by,
        event=event,
    )  # fmt: skip


@transaction.atomic
def file_training(researcher, *, by, taken_on, title, upload, **door):
    """Training from others was filed for information; it certifies nobody."""
    event = begin(
        CertificationCase, by=by, verb="file_training", typed={"taken_on": taken_on},
        taken_on=taken_on, responsible=living.caretaker(researcher),
        **living.columns(researcher), **door,
    )  # fmt: skip
    issuing.file_in(event, upload, kind="other", title=title, sender=researcher.person.name,
                    received_on=clock.day_of(event.at), channel="mail")  # fmt: skip
    return event


@transaction.atomic
def withdraw(case, *, by, reason, **door):
    """The result was of somebody else, or no result at all: it never counted."""
    event = perform(case, "withdraw", by=by, reason=reason, typed={}, **door)
    for fact in CertificationPass.objects.known().filter(case=event.case_id):
        facts.end_all([fact], at=event.at, by=event.by, event=event, to_at=fact.from_at)
    return event


@transaction.atomic
def remind(case, *, by, stage, **door):
    """The person was reminded that the test must be taken again."""
    event = perform(
        case, "remind", by=by, facts={"stage": stage}, changes={"reminded": stage}, **door
    )
    living.write(
        event, "certification_reminder", TITLES["certification_reminder"],
        lambda: reminder(event.case, event.at),
    )  # fmt: skip
    return event


def reminder(case, at) -> dict:
    """What the reminder says."""
    months = parameters(clock.day_of(at))["certification_months"]
    return {"person": case.person.name, "passed_on": day(case.taken_on),
            "valid_until": day(until(case.taken_on, months)), "today": day(clock.day_of(at))}  # fmt: skip
