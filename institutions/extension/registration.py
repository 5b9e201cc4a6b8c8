"""Makes the extension known to core. Its actions are those of process 1 but for a few."""

from functools import partial

from .. import living
from ..authorisation import comparing
from ..authorisation import registration as first
from ..authorisation import selectors as authorisation
from . import actions, corrections, forms, selectors, views
from .machine import MACHINE
from .models import ExtensionCase

OWN = living.verbs(MACHINE, actions)


def register():
    living.register(
        MACHINE, ExtensionCase,
        {m.verb: first.ACTIONS[m.verb] for m in MACHINE.moves if m.verb in first.ACTIONS} | OWN,
        facts=selectors.facts,
        correctable=corrections.CORRECTABLE, interests=authorisation.interests, forms=forms.FORMS,
        undoing=actions.UNDOING, prepared=partial(authorisation.prepared, model=ExtensionCase),
        beside=comparing.beside, page=views.Page,
    )  # fmt: skip
