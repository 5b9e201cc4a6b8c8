"""Makes allowing institutions on projects known to core."""

from .. import living, word
from . import actions, forms, selectors, views
from .machine import MACHINE
from .models import AllowingCase


def register():
    living.register(
        MACHINE, AllowingCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        correctable=(word.said_on(("allow_institution", "disallow_institution"), selectors.facts),),
        interests=selectors.interests, forms=forms.FORMS, page=views.AllowingPage,
    )  # fmt: skip
