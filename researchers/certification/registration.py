"""Makes certification known to core."""

from .. import living
from . import actions, corrections, forms, selectors, views
from .machine import MACHINE
from .models import CertificationCase


def register():
    living.register(
        MACHINE, CertificationCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        forms=forms.FORMS, page=views.Page, correctable=corrections.CORRECTABLE,
    )  # fmt: skip
