"""Makes process 1 known to core and desk, and its pages to the navigation."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import context, processes, roles

from . import (
    actions,
    comparing,
    corrections,
    forms,
    registering,
    selectors,
    signing,
    views,
    ways_back,
)
from .machine import MACHINE
from .models import AuthorisationCase

ACTIONS = {
    move.verb: getattr(actions, "return_" if move.verb == "return" else move.verb, None)
    or getattr(signing, move.verb, None)
    or getattr(ways_back, move.verb, None)
    or getattr(registering, move.verb)
    for move in MACHINE.moves
    if not move.unlisted
}


def register():
    processes.register(
        processes.Process(
            slug="authorisation", machine=MACHINE, model=AuthorisationCase,
            facts=selectors.facts, subject=selectors.subject, interests=selectors.interests,
            forms=forms.FORMS, actions=ACTIONS, undoing=ways_back.UNDOING,
            correctable=corrections.CORRECTABLE, beside=comparing.beside, page=views.AuthorisationPage,
            prepared=selectors.prepared, url="/authorisations/",
        )
    )  # fmt: skip
    context.NAVIGATION.extend([
        ("processes", _("Authorisations"), "authorisations", roles.STAFF),
        ("registers", _("Institutions"), "institutions", roles.STAFF),
    ])  # fmt: skip
