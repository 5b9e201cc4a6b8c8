"""Makes the change of facts known to core."""

from fsesys.core import processes

from .. import living
from . import actions, forms, selectors, views
from .machine import MACHINE
from .models import ChangeCase


def register():
    processes.register(
        processes.Process(
            slug=MACHINE.process, machine=MACHINE, model=ChangeCase, facts=selectors.facts,
            subject=living.subject, interests=living.interests, forms=forms.FORMS,
            actions={m.verb: getattr(actions, m.verb) for m in MACHINE.moves if not m.unlisted},
            beside=actions.beside, undoing={"change_facts": actions.undone, "register_supplement": actions.undone},
            page=views.Page, url=living.home(MACHINE.process),
            opens_on=living.ON, columns=living.columns,
        )
    )  # fmt: skip
