"""Taking the last step back before its letter left: what it wrote is withdrawn, in one event.

Who may and until when is said by `rules.undoable`. Rows are not deleted: facts are retracted,
mails recalled, signatures voided; a process names in `undoing` what else its verbs wrote.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from . import facts, processes
from .documents import Notice, Signature
from .door import hold, perform
from .refusal import Refused

KEPT = {"case_ptr", "id", "search", "words"}  # never put back from the row history


@transaction.atomic
def undo(case, *, by, reason="", **door):
    """The person who did the last step undid it; letters that had not left stay here."""
    case = hold(case)
    last = next((event for event in reversed(case.story) if not event.quiet), None)
    if last:  # a mail that is leaving this second is waited for, and then seen as sent
        list(Notice.objects.filter(event=last).select_for_update().values_list("pk"))
    event = perform(case, "undo", by=by, reason=reason, undoes=last,
                    changes=_before(case, last) if last else {}, **door)  # fmt: skip
    Notice.objects.filter(event=last).update(recalled_at=event.at)
    Signature.objects.filter(event=last, voided_event=None).update(voided_event=event)
    try:
        _facts_back(last, event)
    except IntegrityError as error:
        raise Refused(
            [_("What this step ended has been replaced since. It can not run on.")]
        ) from (error)
    _questions_back(last, event)
    also = processes.get(case.process).undoing.get(last.verb)
    if also:
        also(last, event)
    return event


def _before(case, last):
    """The columns of the case's own row as they stood before the step."""
    rows = type(case).history.filter(number=case.number, revision=last.revision - 1)
    row = rows.order_by("-history_id").first()
    fields = [f for f in case._meta.local_concrete_fields if f.name not in KEPT]
    fields += [case._meta.get_field(name) for name in ("due_on", "state_since")]
    return {field.attname: getattr(row, field.attname) for field in fields} if row else {}


def _facts_back(last, event):
    """Facts that the step began are retracted; those it ended run on."""
    for model in facts.tables():
        ended = list(model.objects.filter(retracting_event=last))
        begun = model.objects.filter(event=last, retracted_at=None)
        begun.update(retracted_at=event.at, retracting_event=event)
        facts.restore(ended, at=event.at, by=event.by, event=event)


def _questions_back(last, event):
    """Questions it asked are closed; questions it closed are asked again under a new number."""
    case = event.case
    number = case.questions.count()
    for question in list(case.questions.filter(closed_event=last)):
        number += 1
        question.pk, question._state.adding = None, True
        question.number, question.asked_event, question.closed_event = number, event, None
        question.answer, question.answered_on = None, None
        question.save(force_insert=True)
    case.questions.filter(asked_event=last, closed_event=None).update(closed_event=event)
