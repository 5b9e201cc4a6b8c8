"""What happens in a yearly review: one function per verb."""

from django.db import transaction
from django.utils import translation

from fsesys.core import clock
from fsesys.core.door import begin, perform

from .. import living
from ..authorisation.registering import review_day
from . import documents
from .models import ReviewCase


@transaction.atomic
def open_review(institution, *, by, paragraph="", **door):
    """The institution was asked to confirm what we have on record."""
    event = begin(
        ReviewCase, by=by, verb="open_review", review_on=institution.review_on,
        responsible=living.caretaker(institution), due_on=institution.review_on,
        **living.columns(institution), **door,
    )  # fmt: skip
    with translation.override(institution.language):
        context = documents.review(institution, event.at)
    living.write(event, "yearly_review", documents.TITLES["yearly_review"], context, paragraph)
    return event


@transaction.atomic
def confirm_review(case, *, by, checked, reason="", **door):
    """What is on record was found right, or a note says what was done; the next review is set."""
    event = perform(
        case, "confirm_review", by=by, reason=reason, typed={"checked": checked, "note": reason},
        changes={"checked": list(checked)}, **door,
    )  # fmt: skip
    institution, today = event.case.institution, clock.day_of(event.at)
    institution.review_on = review_day(max(event.case.review_on or today, today))
    institution._history_user = by
    institution.save()
    return event


def withdraw(case, *, by, reason, **door):
    """The review was not held."""
    return perform(case, "withdraw", by=by, reason=reason, **door)


def undone(last, event):
    """The day of the review is again the one it was held for."""
    institution = event.case.institution
    institution.review_on = event.case.review_on
    institution.save()
