"""Makes limits of enterprise data known to core."""

from .. import living
from . import actions, forms, selectors, views
from .machine import MACHINE
from .models import LimitCase


def register():
    living.register(
        MACHINE, LimitCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        forms=forms.FORMS, page=views.Page,
    )  # fmt: skip
