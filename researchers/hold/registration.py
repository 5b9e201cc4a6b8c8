"""Makes holds on people known to core."""

from fsesys.core.holding import corrections
from fsesys.core.holding.forms import FORMS

from .. import living
from ..records import PersonHold
from . import actions, selectors, views
from .machine import MACHINE
from .models import PersonHoldCase


def register():
    living.register(
        MACHINE, PersonHoldCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        forms=FORMS, page=views.HoldPage,
        correctable=corrections.of(PersonHold),
    )  # fmt: skip
