"""Asking outwards: questions are put, answered one by one, or closed to go on without.

Which states a case waits in and goes on in is said by its process.
"""

from django.utils.translation import gettext as _

from . import clock
from .door import hold, perform
from .issuing import file_in
from .questions import Question


def put(event, questions, due_on):
    """Write the numbered questions of an `ask`. questions: list of (about, text)."""
    first = event.case.questions.count() + 1
    return Question.objects.bulk_create(
        Question(
            case=event.case, number=first + n, about=about, text=text, due_on=due_on,
            asked_event=event, asked_at=event.at, asked_by=event.by,
        )
        for n, (about, text) in enumerate(questions)
    )  # fmt: skip


def still_open(case):
    return case.questions.filter(closed_event__isnull=True, outward=True)


def answered(case, *, by, waits, goes_on, changes, question, answer, answered_on, upload=None,
             **door):  # fmt: skip
    """An answer came in: the case waits on, and with the last answer it goes on with `changes`."""
    case = hold(case)  # two last answers in one second: the second sees the first
    asked = case.questions.filter(pk=question).first()
    left = still_open(case).exclude(pk=question).exists()
    text = answer or (_("See the document “%(name)s”.") % {"name": upload[0]} if upload else "")
    event = perform(
        case, "answer", by=by, to=waits if left else goes_on,
        typed={"question": question, "answer": text, "answered_on": answered_on,
               "asked_on": asked and clock.day_of(asked.asked_at)},
        facts={"question": question}, changes=None if left else changes, **door,
    )  # fmt: skip
    _close(asked, event, text, answered_on)
    if upload:
        file_in(event, upload, kind="answer", sender=str(event.case.institution),
                title=_("Answer to question %(number)d") % {"number": asked.number},
                received_on=answered_on)  # fmt: skip
    return event


def give_up(event):
    """Close what was not answered, without an answer."""
    for question in still_open(event.case):
        _close(question, event, None, None)


def _close(question, event, answer, answered_on):
    question.answer = answer
    question.answered_on = answered_on
    question.closed_event = event
    question.save(update_fields=["answer", "answered_on", "closed_event"])
