"""Makes the staff process known to core, and its pages to the navigation."""

from django.utils.translation import gettext_lazy as _

from .. import context, living, processes
from . import actions, forms, selectors, views
from .corrections import CORRECTABLE
from .machine import MACHINE, READERS
from .models import StaffCase


def register():
    processes.register(
        processes.Process(
            slug="staff", machine=MACHINE, model=StaffCase, facts=selectors.facts,
            subject=selectors.subject, interests=selectors.interests, forms=forms.FORMS,
            actions=living.ACTIONS | living.verbs(MACHINE, actions), correctable=CORRECTABLE,
            page=views.StaffPage, readers=READERS, url="/staff/",
        )
    )  # fmt: skip
    context.NAVIGATION.append(("office", _("Staff"), "staff", tuple(READERS)))
