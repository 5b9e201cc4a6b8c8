"""Makes accesses known to core and desk."""

from fsesys.core import closing, dependants, living

from . import actions, corrections, forms, hanging, selectors, views
from .machine import MACHINE
from .models import GrantCase


def register():
    dependants.register("access", hanging.listed, hanging.on_end)
    closing.register(hanging.open_of)
    living.register(
        views.KIND, MACHINE, GrantCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        subject=selectors.subject, reads=selectors.reads, interests=selectors.interests,
        forms=forms.FORMS, correctable=corrections.CORRECTABLE, page=views.Page, columns=actions.columns,
    )  # fmt: skip
