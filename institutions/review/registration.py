"""Makes the yearly review known to core."""

from .. import living
from . import actions, corrections, forms, selectors, views
from .machine import MACHINE
from .models import ReviewCase


def register():
    living.register(
        MACHINE, ReviewCase, living.verbs(MACHINE, actions), facts=selectors.facts, correctable=corrections.CORRECTABLE,
        forms=forms.FORMS, page=views.Page, undoing={"confirm_review": actions.undone},
    )  # fmt: skip
