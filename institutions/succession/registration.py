"""Makes succession known to core."""

from .. import living
from . import actions, corrections, forms, selectors, views
from .machine import MACHINE
from .models import SuccessionCase


def register():
    living.register(
        MACHINE, SuccessionCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        correctable=corrections.CORRECTABLE,
        forms=forms.FORMS, page=views.Page,
    )  # fmt: skip
