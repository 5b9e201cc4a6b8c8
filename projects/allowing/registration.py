"""Makes allowing institutions on projects known to core."""

from .. import living
from . import actions, forms, selectors, views
from .machine import MACHINE
from .models import AllowingCase


def register():
    living.register(
        MACHINE, AllowingCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        interests=selectors.interests, forms=forms.FORMS, page=views.AllowingPage,
    )  # fmt: skip
