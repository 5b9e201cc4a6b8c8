"""Makes process 3 known to core."""

from institutions import signatures

from .. import living
from . import actions, corrections, forms, selectors, views
from .machine import MACHINE
from .models import ProposalCase


def beside(case, proposal):
    """For a second person: where a copy was signed elsewhere, the agreement and the copy."""
    if proposal.verb != "register_signature":
        return []
    return signatures.beside(selectors.agreement(case), "them", proposal)


def register():
    living.register(
        MACHINE, ProposalCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        interests=selectors.interests, reads=selectors.reads, forms=forms.FORMS, page=views.ProposalPage,
        prepared=selectors.prepared, undoing=actions.UNDOING, beside=beside, correctable=corrections.CORRECTABLE,
    )  # fmt: skip
