"""Makes holds on institutions known to core."""

from fsesys.core.holding import corrections
from fsesys.core.holding.forms import FORMS

from .. import living
from ..records import InstitutionHold
from . import actions, selectors, views
from .machine import MACHINE
from .models import HoldCase


def register():
    living.register(
        MACHINE, HoldCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        forms=FORMS, page=views.HoldPage,
        correctable=corrections.of(InstitutionHold),
    )  # fmt: skip
