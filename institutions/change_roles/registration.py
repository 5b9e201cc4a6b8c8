"""Makes the change of roles known to core."""

from fsesys.core import processes

from .. import living
from . import actions, forms, selectors, views
from .machine import MACHINE
from .models import RoleCase

ACTIONS = {"add_role": actions.add_role, "end_role": actions.end_role, **living.ACTIONS}


def register():
    processes.register(
        processes.Process(
            slug=MACHINE.process, machine=MACHINE, model=RoleCase, facts=selectors.facts,
            subject=living.subject, interests=selectors.interests, forms=forms.FORMS,
            actions=ACTIONS, page=views.Page, url=living.home(MACHINE.process),
            opens_on=living.ON, columns=living.columns,
        )
    )  # fmt: skip
