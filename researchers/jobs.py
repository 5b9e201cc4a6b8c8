"""Daily work of process 2: reminders of the test, holds on people that are over.

A job reminds, it decides nothing: the end of a hold was decided when it was placed.
"""

from procrastinate.contrib.django import app

from fsesys.core import clock
from fsesys.core.daily import one_by_one
from fsesys.core.people import SystemActor

from .certification import actions, selectors
from .hold.actions import HOLDS


@app.periodic(cron="15 4 * * *")  # UTC: five or six in the morning in Copenhagen
@app.task(name="certification_reminders", pass_context=False)
def certification_reminders(timestamp=None):
    """Remind everybody whose pass runs out, whichever days were missed."""
    remind_due()


def remind_due() -> int:
    """Each in its own transaction; returns how many were reminded."""
    due = dict(selectors.running_out(clock.today()))
    return one_by_one(due, lambda case: actions.remind(case, by=SystemActor(), stage=due[case]))


@app.periodic(cron="25 23 * * *")  # UTC: after midnight in Copenhagen, summer and winter
@app.task(name="person_holds_over", pass_context=False)
def person_holds_over(timestamp=None):
    """Close the case of every hold on a person whose last day has passed."""
    HOLDS.close_over()
