"""Makes the end of an authorisation known to core and desk, with what hangs on one."""

from fsesys.core import dependants

from .. import living
from . import actions, corrections, forms, hanging, selectors, views
from .machine import MACHINE
from .models import TerminationCase


def register():
    dependants.register("case", dependants.open_cases, dependants.put_tasks, dependants.take_tasks)
    dependants.register("holding", hanging.listed, hanging.on_end)
    living.register(
        MACHINE, TerminationCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        correctable=corrections.CORRECTABLE,
        forms=forms.FORMS, page=views.TerminationPage, undoing=actions.UNDOING,
    )  # fmt: skip
