"""The case table of a hold on a project. When the hold runs is said by the dated fact."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.history import History
from fsesys.core.holding.models import HoldColumns, day_or_condition

from ..cases import OfProjectCase
from .machine import MACHINE


class ProjectHoldCase(HoldColumns, OfProjectCase):
    """One hold on one project, from placing to its end."""

    machine = MACHINE
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("hold on a project")
        verbose_name_plural = _("holds on projects")
        constraints = [day_or_condition("project_hold_until_day_or_condition")]
        triggers = [guards.no_delete()]
