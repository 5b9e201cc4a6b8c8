"""Daily work of projects: warnings of the end, versions that begin, and holds that are over."""

from procrastinate.contrib.django import app

from fsesys.core import clock
from fsesys.core.daily import one_by_one
from fsesys.core.people import SystemActor

from .hold.actions import HOLDS
from .proposal import actions, expiry, following


@app.periodic(cron="10 4 * * *")  # UTC: five or six in the morning in Copenhagen
@app.task(name="project_warnings", pass_context=False)
def project_warnings(timestamp=None):
    """Warn the contact person of every project whose end has come near."""
    warn_ending()


def warn_ending() -> int:
    """Each in its own transaction; returns how many warnings were sent."""
    ending = expiry.ending(clock.now())
    return one_by_one(ending, lambda case: actions.warn_of_end(case, by=SystemActor()))


@app.periodic(cron="15 23 * * *")  # UTC: after midnight in Copenhagen, summer and winter
@app.task(name="versions_of_the_day", pass_context=False)
def versions_of_the_day(timestamp=None):
    """What a version says that begins today reaches the project, whichever days were missed."""
    follow_versions()


def follow_versions() -> int:
    """Each in its own transaction; returns how many projects were brought up to the day."""
    return following.follow_begun(clock.now(), SystemActor())


@app.periodic(cron="25 23 * * *")  # UTC: after midnight in Copenhagen, summer and winter
@app.task(name="project_holds_over", pass_context=False)
def project_holds_over(timestamp=None):
    """Close the case of every hold on a project whose last day has passed."""
    HOLDS.close_over()
