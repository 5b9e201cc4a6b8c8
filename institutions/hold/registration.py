"""Makes holds known to core and desk."""

from fsesys.core import processes

from .. import living
from . import actions, forms, selectors, views
from .machine import MACHINE
from .models import HoldCase

SLUG = MACHINE.process
ACTIONS = {verb: getattr(actions, verb) for verb in (
    "place_hold", "prolong", "lift_hold", "close_hold")} | living.ACTIONS  # fmt: skip


def register():
    processes.register(
        processes.Process(
            slug=SLUG, machine=MACHINE, model=HoldCase, facts=selectors.facts,
            subject=living.subject, interests=living.interests, forms=forms.FORMS,
            actions=ACTIONS, page=views.HoldPage, url=living.home(SLUG), opens_on=living.ON,
            columns=living.columns,
        )
    )  # fmt: skip
