"""Makes the change of responsible person known to core."""

from fsesys.core import processes

from .. import living
from . import actions, forms, selectors, views
from .machine import MACHINE
from .models import ResponsibleCase

ACTIONS = {verb: getattr(actions, verb) for verb in (
    "register_change", "register_signature", "remind", "withdraw")} | living.ACTIONS  # fmt: skip


def register():
    processes.register(
        processes.Process(
            slug=MACHINE.process, machine=MACHINE, model=ResponsibleCase, facts=selectors.facts,
            subject=living.subject, interests=selectors.interests, forms=forms.FORMS,
            actions=ACTIONS,
            beside=actions.beside, page=views.Page, url=living.home(MACHINE.process),
            opens_on=living.ON, columns=living.columns,
        )
    )  # fmt: skip
