"""Makes the extension known to core. Its actions are those of process 1 but for a few."""

from functools import partial

from fsesys.core import processes

from .. import living
from ..authorisation import comparing
from ..authorisation import registration as first
from ..authorisation import selectors as authorisation
from . import actions, forms, selectors, views
from .machine import MACHINE
from .models import ExtensionCase

OWN = {
    verb: getattr(actions, verb)
    for verb in (
        "register_extension",
        "recommend",
        "draft_agreement",
        "redraft",
        "register_counter_signature",
    )  # fmt: skip
}
ACTIONS = {
    m.verb: OWN.get(m.verb) or first.ACTIONS[m.verb] for m in MACHINE.moves if not m.unlisted
}


def register():
    processes.register(
        processes.Process(
            slug=MACHINE.process, machine=MACHINE, model=ExtensionCase, facts=selectors.facts,
            subject=living.subject, interests=authorisation.interests, forms=forms.FORMS,
            actions=ACTIONS, undoing=actions.UNDOING,
            prepared=partial(authorisation.prepared, model=ExtensionCase), beside=comparing.beside, page=views.Page,
            url=living.home(MACHINE.process), opens_on=living.ON, columns=living.columns,
        )
    )  # fmt: skip
