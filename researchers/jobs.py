"""Daily work of process 2: reminders of the test, holds on people that are over.

A job reminds, it decides nothing: the end of a hold was decided when it was placed.
"""

import logging

from procrastinate.contrib.django import app

from fsesys.core import clock
from fsesys.core.people import SystemActor
from fsesys.core.refusal import Refused

from .certification import actions, selectors
from .hold.actions import HOLDS

log = logging.getLogger(__name__)


@app.periodic(cron="15 4 * * *")  # UTC: five or six in the morning in Copenhagen
@app.task(name="certification_reminders", pass_context=False)
def certification_reminders(timestamp=None):
    """Remind everybody whose pass runs out, whichever days were missed."""
    remind_due()


def remind_due() -> int:
    """Each in its own transaction; returns how many were reminded."""
    sent = 0
    for case, stage in selectors.running_out(clock.today()):
        try:
            actions.remind(case, by=SystemActor(), stage=stage)
            sent += 1
        except Refused as refused:
            log.info("no reminder on %s: %s", case.number, refused)
    return sent


@app.periodic(cron="25 23 * * *")  # UTC: after midnight in Copenhagen, summer and winter
@app.task(name="person_holds_over", pass_context=False)
def person_holds_over(timestamp=None):
    """Close the case of every hold on a person whose last day has passed."""
    HOLDS.close_over()
