"""Makes the end of an authorisation known to core and desk, with what hangs on one."""

from fsesys.core import dependants, processes

from .. import living
from . import actions, forms, hanging, selectors, views
from .machine import MACHINE
from .models import TerminationCase

SLUG = MACHINE.process


def register():
    dependants.register("case", dependants.open_cases, dependants.put_tasks, dependants.take_tasks)
    dependants.register("holding", hanging.listed, hanging.on_end)
    processes.register(
        processes.Process(
            slug=SLUG, machine=MACHINE, model=TerminationCase, facts=selectors.facts,
            subject=living.subject, interests=living.interests, forms=forms.FORMS,
            actions={"terminate": actions.terminate,
                     "terminate_on_wish": actions.terminate_on_wish, **living.ACTIONS},
            undoing=actions.UNDOING, page=views.TerminationPage, url=living.home(SLUG),
            opens_on=living.ON, columns=living.columns,
        )
    )  # fmt: skip
