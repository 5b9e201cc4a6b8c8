"""Daily work of projects: warnings of the end that are due, and holds that are over."""

from procrastinate.contrib.django import app

from fsesys.core import clock
from fsesys.core.daily import one_by_one
from fsesys.core.people import SystemActor

from .hold.actions import HOLDS
from .proposal import actions, selectors


@app.periodic(cron="10 4 * * *")  # UTC: five or six in the morning in Copenhagen
@app.task(name="project_warnings", pass_context=False)
def project_warnings(timestamp=None):
    """Warn the contact person of every project whose end has come near."""
    warn_ending()


def warn_ending() -> int:
    """Each in its own transaction; returns how many warnings were sent."""
    ending = selectors.ending(clock.now())
    return one_by_one(ending, lambda case: actions.warn_of_end(case, by=SystemActor()))


@app.periodic(cron="25 23 * * *")  # UTC: after midnight in Copenhagen, summer and winter
@app.task(name="project_holds_over", pass_context=False)
def project_holds_over(timestamp=None):
    """Close the case of every hold on a project whose last day has passed."""
    HOLDS.close_over()
