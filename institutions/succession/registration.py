"""Makes succession known to core."""

from fsesys.core import processes

from .. import living
from . import actions, forms, selectors, views
from .machine import MACHINE
from .models import SuccessionCase

OWN = ("register_successor",)


def register():
    processes.register(
        processes.Process(
            slug=MACHINE.process, machine=MACHINE, model=SuccessionCase, facts=selectors.facts,
            subject=living.subject, interests=living.interests, forms=forms.FORMS,
            actions=living.ACTIONS | {verb: getattr(actions, verb) for verb in OWN},
            page=views.Page,
            url=living.home(MACHINE.process), opens_on=living.ON, columns=living.columns,
        )
    )  # fmt: skip
