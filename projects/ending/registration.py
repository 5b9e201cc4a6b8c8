"""Makes the early end of projects known to core, and what of theirs hangs on an institution
and on its people."""

from fsesys.core import dependants

from .. import living, word
from . import actions, forms, hanging, selectors, views
from .machine import MACHINE
from .models import EndingCase


def register():
    dependants.register("project", hanging.listed, hanging.on_end, hanging.on_undo)
    dependants.register("contact", hanging.contacted, hanging.contact_leaves, hanging.on_undo)
    dependants.register("subproject", hanging.subprojects, hanging.on_database_end, hanging.on_undo)
    living.register(
        MACHINE, EndingCase, living.verbs(MACHINE, actions), facts=selectors.facts,
        correctable=(word.said_on(("end_project",), selectors.facts),),
        forms=forms.FORMS, page=views.EndingPage, undoing=actions.UNDOING,
    )  # fmt: skip
