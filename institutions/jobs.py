"""Daily work of process 1: reminders that are due, holds that are over, the blank form of the day.

A lapse is only put before a person. The case of a hold that is over is closed: its end was decided
when it was placed.
"""

from django.db import transaction
from procrastinate.contrib.django import app

from fsesys.core import clock, processes
from fsesys.core.daily import one_by_one
from fsesys.core.people import SystemActor

from .authorisation import blank
from .authorisation.models import AuthorisationCase
from .changes import actions as changes
from .extension.models import ExtensionCase
from .hold import actions as holds
from .records import Institution, InstitutionFacts
from .responsible.models import ResponsibleCase
from .review import actions as review
from .review import selectors as reviews

REMINDED = (AuthorisationCase, ExtensionCase, ResponsibleCase)
WAITING = ("awaiting_applicant", "sent", "awaiting_signature")


@app.periodic(cron="0 4 * * *")  # UTC: five or six in the morning in Copenhagen
@app.task(name="authorisation_reminders", pass_context=False)
def authorisation_reminders(timestamp=None):
    """Remind every applicant and institution whose day has come, whichever days were missed."""
    remind_due()


def remind_due() -> int:
    """Send the reminders due today or before, each in its own transaction; returns how many."""
    due = {"remind_on__lte": clock.today(), "reminded": False, "closed_at": None,
           "state__in": WAITING}  # fmt: skip
    return sum(
        one_by_one(model.objects.filter(**due).order_by("pk"), _remind) for model in REMINDED
    )


def _remind(case):
    processes.get(case.process).actions["remind"](case, by=SystemActor())


@app.periodic(cron="5 23 * * *")  # UTC: five past midnight or one in Copenhagen
@app.task(name="print_application_forms", pass_context=False)
def print_application_forms(timestamp=None):
    """Print the application form as it is from today, so that no visitor waits for it."""
    for language in blank.NUMBER:
        blank.form_pdf(language)


@app.periodic(cron="20 23 * * *")  # UTC: after midnight in Copenhagen, summer and winter
@app.task(name="holds_over", pass_context=False)
def holds_over(timestamp=None):
    """Close the case of every hold whose last day has passed, whichever days were missed."""
    close_over()


def close_over() -> int:
    """How many were closed."""
    return holds.HOLDS.close_over()


@app.periodic(cron="10 23 * * *")  # UTC: after midnight in Copenhagen, summer and winter
@app.task(name="facts_of_the_day", pass_context=False)
def facts_of_the_day(timestamp=None):
    """Facts that begin today reach the record's own copy, whichever days were missed."""
    follow_facts()


def follow_facts() -> int:
    """Lists and search read the copy; returns how many records were brought up to the day."""
    at = clock.now()
    changed = InstitutionFacts.objects.known().values("institution")
    return sum(_follow(pk, at) for pk in changed.distinct().values_list("institution", flat=True))


@transaction.atomic
def _follow(pk, at) -> bool:
    rows = Institution.objects.select_for_update(no_key=True, of=("self",))
    return changes.take_over(rows.get(pk=pk), at)


@app.periodic(cron="30 3 * * *")  # UTC: four or five in the morning in Copenhagen
@app.task(name="yearly_reviews", pass_context=False)
def yearly_reviews(timestamp=None):
    """Begin the review of every authorisation whose day is near, whichever days were missed."""
    open_reviews()


def open_reviews() -> int:
    """Each in its own transaction; returns how many were begun."""
    coming = reviews.coming(clock.today(), clock.now())
    return one_by_one(coming, lambda one: review.open_review(one, by=SystemActor()))
