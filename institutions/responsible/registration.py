"""Makes the change of responsible person known to core."""

from .. import living
from . import actions, corrections, forms, selectors, views
from .machine import MACHINE
from .models import ResponsibleCase


def register():
    living.register(
        MACHINE, ResponsibleCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        correctable=corrections.CORRECTABLE,
        forms=forms.FORMS, page=views.Page,
        interests=selectors.interests, beside=actions.beside,
    )  # fmt: skip
