"""Makes associations known to core and desk, and what of them hangs on other records."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import context, dependants, living, roles

from . import actions, corrections, forms, hanging, selectors, views
from .machine import MACHINE
from .models import AssociationCase


def register():
    dependants.register(
        "association", hanging.at_institution, hanging.put_tasks, dependants.take_tasks
    )
    dependants.register(
        "answerable", hanging.answered_for, hanging.put_tasks, dependants.take_tasks
    )
    living.register(
        views.KIND, MACHINE, AssociationCase, living.verbs(MACHINE, actions),
        facts=selectors.facts, subject=selectors.subject, reads=selectors.reads,
        interests=selectors.interests, forms=forms.FORMS, page=views.Page, beside=actions.beside,
        undoing=actions.UNDOING, correctable=corrections.CORRECTABLE, columns=actions.columns,
    )  # fmt: skip
    context.NAVIGATION.append(("registers", _("Researchers"), "researchers", roles.STAFF))
