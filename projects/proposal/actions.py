"""What happens in process 3: one function per verb, each a sentence an officer would say.

How a proposal comes in stands in registering.py; signatures stand in signing.py.
"""

from django.db import transaction

from fsesys.core import clock, questioning
from fsesys.core.checklists import CriterionAnswer
from fsesys.core.door import hold, perform
from fsesys.core.parameters import parameters
from institutions.authorisation.selectors import criteria as criteria_of

from . import documents, expiry, registering, signing
from .selectors import silent_until

register_proposal = registering.register_proposal
register_reproposal = registering.register_reproposal
register_resubmission = registering.register_resubmission
redraft = registering.redraft
register_signature = signing.register_signature
register_refusal_to_sign = signing.register_refusal_to_sign
NO_LAPSE = {"lapse_on": None}


@transaction.atomic
def take_case(case, *, by, **door):
    """An officer began to assess the proposal."""
    return perform(case, "take_case", by=by, **door)


@transaction.atomic
def ask(case, *, by, questions, due_on, paragraph="", **door):
    """The officer asked the institution; our clock stopped."""
    event = perform(
        case, "ask", by=by, typed={"questions": questions, "due_on": due_on},
        changes={"due_on": due_on} | silent_until(due_on), **door,
    )  # fmt: skip
    rows = questioning.put(event, questions, due_on)
    documents.write(event, "proposal_questions", documents.questions(rows), paragraph)
    return event


@transaction.atomic
def answer(case, *, by, question, answer, answered_on, upload=None, **door):
    """An answer came in; with the last one the assessment went on."""
    return questioning.answered(
        case, by=by, waits="awaiting_applicant", goes_on="in_assessment", changes=NO_LAPSE,
        question=question, answer=answer, answered_on=answered_on, upload=upload, **door,
    )  # fmt: skip


@transaction.atomic
def continue_without_answer(case, *, by, reason, **door):
    """Staff closed the open questions without an answer and the assessment went on."""
    event = perform(case, "continue_without_answer", by=by, reason=reason, changes=NO_LAPSE, **door)
    questioning.give_up(event)
    return event


@transaction.atomic
def return_(case, *, by, reason, paragraph="", **door):
    """The officer sent the proposal back for revision, with reasons."""
    event = perform(
        case, "return", by=by, reason=reason, changes=silent_until(clock.today()), **door
    )
    documents.write(event, "proposal_return", {"reasons": reason}, paragraph)
    return event


@transaction.atomic
def approve(case, *, by, answers, text="", paragraph="", **door):
    """The officer approved the proposal and signed the project agreement for FSE."""
    today = clock.today()
    due = silent_until(today)
    event = perform(
        case, "approve", by=by, typed={"answers": answers, "text": text}, reason=text,
        changes=due, basis={"parameters": parameters(today)}, **door,
    )  # fmt: skip
    CriterionAnswer.objects.bulk_create(
        CriterionAnswer(case=event.case, event=event, criterion=one, answer=answers[one.slug][0],
                        note=answers[one.slug][1]) for one in criteria_of(event.case, today)
    )  # fmt: skip
    documents.write_agreement(event, paragraph)
    return event


@transaction.atomic
def reject(case, *, by, reason, paragraph="", **door):
    """The officer rejected the proposal, with reasons and complaint guidance."""
    event = perform(case, "reject", by=by, reason=reason, changes=NO_LAPSE, **door)
    documents.write(event, "proposal_rejection", {"reasons": reason}, paragraph)
    return event


@transaction.atomic
def withdraw(case, *, by, reason, paragraph="", **door):
    """The proposal was closed on the institution's word."""
    event = perform(case, "withdraw", by=by, reason=reason, changes=NO_LAPSE, **door)
    documents.write(event, "proposal_withdrawal", {}, paragraph)
    return event


@transaction.atomic
def lapse(case, *, by, paragraph="", **door):
    """The proposal lapsed because nothing was heard."""
    case = hold(case)
    why = documents.why_lapsed(case)
    event = perform(case, "lapse", by=by, changes=NO_LAPSE, **door)
    documents.write(event, "proposal_lapse", {"why": why}, paragraph)
    return event


@transaction.atomic
def take_back(case, *, by, reason, **door):
    """Who approved took the signature of FSE back before the institution had signed."""
    return perform(case, "take_back", by=by, reason=reason, changes=NO_LAPSE, **door)


@transaction.atomic
def reopen(case, *, by, reason, paragraph="", **door):
    """The head of FSE opened a closed proposal again; it is assessed anew."""
    event = perform(case, "reopen", by=by, reason=reason, **door)
    documents.write(event, "proposal_reopening", {"reasons": reason}, paragraph)
    return event


@transaction.atomic
def warn_of_end(case, *, by, paragraph="", **door):
    """The contact person was told when the project ends."""
    case, at = hold(case), clock.now()
    threshold = expiry.warning(case, at, parameters(clock.day_of(at)))
    event = perform(case, "warn_of_end", by=by, changes={"warned": threshold}, **door)
    context = documents.ending(event.case, expiry.last_day(case, at))
    documents.write(event, "project_ending", context, paragraph)
    return event


UNDOING = {"register_signature": signing.undone}
