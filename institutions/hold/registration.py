"""Makes holds on institutions known to core."""

from .. import living
from . import actions, forms, selectors, views
from .machine import MACHINE
from .models import HoldCase


def register():
    living.register(
        MACHINE, HoldCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        forms=forms.FORMS, page=views.HoldPage,
    )  # fmt: skip
