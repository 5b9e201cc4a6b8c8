"""A hold on a project on one screen: every hold's machine, and what it stops."""

from django.utils.translation import gettext_lazy as _

from fsesys.core.holding.machine import machine
from fsesys.core.roles import OFFICER

MACHINE = machine(
    "project_hold", _("Holds on projects"), _("Hold on a project"), 3,
    stops=_("Nobody reaches the project from now until the day or the condition."),
    letters=("project_hold", "project_hold_prolonged", "project_hold_lifted"),
    waits_for="institution", keeper=OFFICER,
)  # fmt: skip
