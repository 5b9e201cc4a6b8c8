"""Makes the yearly review known to core."""

from fsesys.core import processes

from .. import living
from . import actions, forms, selectors, views
from .machine import MACHINE
from .models import ReviewCase

OWN = ("open_review", "confirm_review", "withdraw")


def register():
    processes.register(
        processes.Process(
            slug=MACHINE.process, machine=MACHINE, model=ReviewCase, facts=selectors.facts,
            subject=living.subject, interests=living.interests, forms=forms.FORMS,
            actions=living.ACTIONS | {verb: getattr(actions, verb) for verb in OWN},
            undoing={"confirm_review": actions.undone}, page=views.Page,
            url=living.home(MACHINE.process), opens_on=living.ON, columns=living.columns,
        )
    )  # fmt: skip
