"""Makes the change of facts known to core."""

from .. import living
from . import actions, corrections, forms, selectors, views
from .machine import MACHINE
from .models import ChangeCase


def register():
    living.register(
        MACHINE, ChangeCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        correctable=corrections.CORRECTABLE,
        forms=forms.FORMS, page=views.Page,
        beside=actions.beside, undoing={"change_facts": actions.undone,
                                        "register_supplement": actions.undone},
    )  # fmt: skip
