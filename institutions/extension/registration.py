"""Makes the extension known to core. Its actions are those of process 1 but for two."""

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
    for verb in ("register_extension", "recommend", "register_counter_signature")
}
ACTIONS = {
    m.verb: OWN.get(m.verb) or first.ACTIONS[m.verb] for m in MACHINE.moves if not m.unlisted
}


def register():
    processes.register(
        processes.Process(
            slug=MACHINE.process, machine=MACHINE, model=ExtensionCase, facts=selectors.facts,
            subject=living.subject, interests=authorisation.interests, forms=forms.FORMS,
            actions=ACTIONS, beside=comparing.beside, page=views.Page,
            url=living.home(MACHINE.process), opens_on=living.ON, columns=living.columns,
        )
    )  # fmt: skip
