"""Makes the linking of two records known to core."""

from .. import living
from . import actions, forms, selectors, views
from .machine import MACHINE
from .models import SamePersonCase


def register():
    living.register(
        MACHINE, SamePersonCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        forms=forms.FORMS, page=views.Page, subject=selectors.subject,
        interests=selectors.interests,
    )  # fmt: skip
