"""Makes the roles at an institution known to core."""

from .. import living
from . import actions, corrections, forms, selectors, views
from .machine import MACHINE
from .models import RoleCase


def register():
    living.register(
        MACHINE, RoleCase, living.verbs(MACHINE, actions), facts=selectors.facts, correctable=corrections.CORRECTABLE,
        forms=forms.FORMS, page=views.Page, interests=selectors.interests,
    )  # fmt: skip
