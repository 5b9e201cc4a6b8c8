"""Daily work of projects: warnings of the end that are due, and holds that are over."""

import logging

from procrastinate.contrib.django import app

from fsesys.core import clock
from fsesys.core.people import SystemActor
from fsesys.core.refusal import Refused

from .hold.actions import HOLDS
from .proposal import actions, selectors

log = logging.getLogger(__name__)


@app.periodic(cron="10 4 * * *")  # UTC: five or six in the morning in Copenhagen
@app.task(name="project_warnings", pass_context=False)
def project_warnings(timestamp=None):
    """Warn the contact person of every project whose end has come near."""
    warn_ending()


def warn_ending() -> int:
    """Each in its own transaction; returns how many warnings were sent."""
    sent = 0
    for case in selectors.ending(clock.now()):
        try:
            actions.warn_of_end(case, by=SystemActor())
            sent += 1
        except Refused as refused:
            log.info("no warning for %s: %s", case.number, refused)
    return sent


@app.periodic(cron="25 23 * * *")  # UTC: after midnight in Copenhagen, summer and winter
@app.task(name="project_holds_over", pass_context=False)
def project_holds_over(timestamp=None):
    """Close the case of every hold on a project whose last day has passed."""
    HOLDS.close_over()
