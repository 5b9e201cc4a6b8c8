"""What happens in process 1: one function per verb, each a sentence an officer would say.

Every function takes the case, the account (`by`), the form's one-time key, the revision seen and
what was typed; it raises what the door raises and returns the event.
"""

import datetime as dt

from django.db import transaction
from django.utils import translation

from fsesys.core import casefile, clock, correcting, everyday, questioning, roles, undoing
from fsesys.core.checklists import CriterionAnswer
from fsesys.core.door import hold, perform
from fsesys.core.parameters import parameters

from . import documents, selectors
from .models import AgreementVersion, Vote

file_document, note, assign = everyday.file_document, everyday.note, everyday.assign
undo, correct = undoing.undo, correcting.correct
case_file = casefile.case_file


@transaction.atomic
def start_evaluation(case, *, by, **door):
    """The FSE responsible began to evaluate the application."""
    return perform(case, "start_evaluation", by=by, **door)


@transaction.atomic
def ask(case, *, by, questions, due_on, paragraph="", **door):
    """The FSE responsible asked the applicant; our clock stopped."""
    values = parameters(clock.today())
    lapse_on = due_on + dt.timedelta(days=values["applicant_silence_days"])
    remind_on = lapse_on - dt.timedelta(days=values["silence_reminder_days"])
    event = perform(
        case, "ask", by=by, typed={"questions": questions, "due_on": due_on},
        changes={"due_on": due_on, "lapse_on": lapse_on, "remind_on": remind_on,
                 "reminded": False}, **door,
    )  # fmt: skip
    rows = questioning.put(event, questions, due_on)
    with translation.override(event.case.language):
        documents.write(event, "questions", documents.questions(rows), paragraph)
    return event


@transaction.atomic
def answer(case, *, by, question, answer, answered_on, upload=None, **door):
    """An answer came in; with the last one the evaluation went on."""
    return questioning.answered(
        case, by=by, waits="awaiting_applicant", goes_on="under_evaluation", changes=_no_lapse(),
        question=question, answer=answer, answered_on=answered_on, upload=upload, **door,
    )  # fmt: skip


def _no_lapse():
    return {"lapse_on": None, "remind_on": None, "reminded": False}


@transaction.atomic
def continue_without_answer(case, *, by, reason, **door):
    """Staff closed the open questions without an answer and the evaluation went on."""
    event = perform(
        case, "continue_without_answer", by=by, reason=reason, changes=_no_lapse(), **door
    )
    questioning.give_up(event)
    return event


@transaction.atomic
def remind(case, *, by, paragraph="", **door):
    """The applicant or the institution was reminded, with the date of the lapse named."""
    event = perform(case, "remind", by=by, changes={"reminded": True}, **door)
    case = event.case
    with translation.override(case.language):
        context = documents.reminder(case, list(questioning.still_open(case)))
        documents.write(event, documents.reminder_of(case), context, paragraph)
    return event


@transaction.atomic
def lapse(case, *, by, paragraph="", **door):
    """The case lapsed because no answer or no signed agreement came."""
    event = perform(case, "lapse", by=by, **door)
    with translation.override(event.case.language):
        why = documents.why_lapsed(event.case)
        documents.write(event, "lapse", documents.lapse(why, clock.day_of(event.at)), paragraph)
    return event


@transaction.atomic
def recommend(case, *, by, text, answers, reservations="", enterprise_right="", **door):
    """The FSE responsible recommended the authorisation on the answered check-list."""
    changes = {"enterprise_right": enterprise_right}
    return advise(case, "recommend", by, text, answers, reservations, changes, door)


@transaction.atomic
def advise_against(case, *, by, text, answers, reservations="", **door):
    """The FSE responsible advised against the authorisation."""
    return advise(case, "advise_against", by, text, answers, reservations, {}, door)


def advise(case, verb, by, text, answers, reservations, changes, door):
    """The FSE responsible advised on the case, for or against, on the answered check-list."""
    criteria = selectors.criteria(case, clock.today())
    version = criteria[0].checklist.version if criteria else 0
    event = perform(
        case, verb, by=by, typed={
            "text": text, "answers": answers, "reservations": reservations,
            "enterprise_right": changes.get("enterprise_right", ""),
        },
        basis={"checklist": version, "parameters": parameters(clock.today())},
        changes={"recommendation": text, "reservations": reservations,
                 "recommended_by": by.person} | changes, **door,
    )  # fmt: skip
    rows = CriterionAnswer.objects.bulk_create(
        CriterionAnswer(case=event.case, event=event, criterion=criterion,
                        answer=answers[criterion.slug][0], note=answers[criterion.slug][1])
        for criterion in criteria
    )  # fmt: skip
    outcome = "recommended" if verb == "recommend" else "advised against"
    with translation.override("da"):
        context = documents.recommendation(event.case, event, rows, outcome)
        documents.internal(event, "recommendation", context)
    return event


@transaction.atomic
def draft_agreement(case, *, by, language=None, **door):
    """The secretary filled the standard form from the case."""
    language = language or case.language
    version = case.agreement_versions.count() + 1
    event = perform(case, "draft_agreement", by=by, facts={"version": version}, **door)
    draft(event, version, language)
    return event


def draft(event, version, language):
    """Fill the next version of the agreement from the case as it stands."""
    chief = roles.holders(roles.CHIEF).first()
    with translation.override(language):
        terms = documents.agreement(event.case, version, chief.name if chief else "")
    AgreementVersion.objects.create(
        case=event.case, version=version, language=language, terms=terms, drafted_event=event
    )


@transaction.atomic
def submit(case, *, by, **door):
    """The case went to the chief statistician; the agreement version was frozen."""
    case = hold(case)
    drafted = case.state == "agreement_drafted"
    version = case.agreement_versions.order_by("version").last() if drafted else None
    event = perform(case, "submit", by=by, changes={"agreement": version}, **door)
    if version and version.document_id is None:  # taken back and submitted again: frozen already
        version.document = documents.internal(
            event, event.case.paper, version.terms, version.language
        )
        version.save(update_fields=["document"])
    return event


def _vote(event, outcome, agreement):
    return Vote.objects.create(
        case=event.case, event=event, outcome=outcome, agreement=agreement,
        recommended_by_id=event.case.recommended_by_id, decided_by=event.by,
    )  # fmt: skip


@transaction.atomic
def approve(case, *, by, **door):
    """The chief statistician approved the authorisation and the frozen agreement."""
    event = perform(case, "approve", by=by, **door)
    _vote(event, "approve", event.case.agreement)
    return event


@transaction.atomic
def return_(case, *, by, reason, **door):
    """The chief statistician sent the case back; recommendation and agreement are superseded."""
    case = hold(case)
    agreement = case.agreement
    event = perform(case, "return", by=by, reason=reason, changes={"agreement": None}, **door)
    _vote(event, "return", agreement)
    return event


@transaction.atomic
def reject(case, *, by, reason, paragraph="", **door):
    """The chief statistician rejected the application, with reasons and complaint guidance."""
    event = perform(case, "reject", by=by, reason=reason, **door)
    _vote(event, "reject", event.case.agreement)
    with translation.override(event.case.language):
        documents.write(event, "rejection", {"reasons": reason}, paragraph)
    return event


@transaction.atomic
def withdraw(case, *, by, reason, paragraph="", **door):
    """The case was closed on the applicant's word."""
    event = perform(case, "withdraw", by=by, reason=reason, **door)
    with translation.override(event.case.language):
        context = {"date": documents.day(clock.day_of(event.at))}
        documents.write(event, "withdrawal", context, paragraph)
    return event


@transaction.atomic
def close_as_duplicate(case, *, by, reason, duplicate_of, **door):
    """The later of two records of one institution was closed as a double of the earlier."""
    event = perform(
        case, "close_as_duplicate", by=by, reason=reason,
        typed={"duplicate_of": duplicate_of.pk}, facts={"duplicate_of": duplicate_of.pk}, **door,
    )  # fmt: skip
    institution = event.case.institution
    institution.duplicate_of = duplicate_of
    institution._history_user = by
    institution.save()
    return event
