"""Daily work of process 2: reminders of the test. A job reminds, it decides nothing."""

import logging

from procrastinate.contrib.django import app

from fsesys.core import clock
from fsesys.core.people import SystemActor
from fsesys.core.refusal import Refused

from .certification import actions, selectors

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
