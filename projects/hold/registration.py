"""Makes holds on projects known to core."""

from fsesys.core.holding import corrections
from fsesys.core.holding.forms import FORMS
from fsesys.core.holding.selectors import Facts, read

from .. import living
from ..records import ProjectHold
from . import actions, views
from .machine import MACHINE
from .models import ProjectHoldCase


def facts(case, at) -> Facts:
    return Facts(**read(ProjectHold, case, at))


def register():
    living.register(
        MACHINE, ProjectHoldCase, living.verbs(MACHINE, actions), facts=facts, forms=FORMS,
        page=views.HoldPage,
        correctable=corrections.of(ProjectHold),
    )  # fmt: skip
