"""The case table of a hold. When the hold runs is said by the dated fact, not here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.history import History
from fsesys.core.holding.models import HoldColumns, day_or_condition

from ..records import Institution
from .machine import MACHINE


class HoldCase(HoldColumns, Case):
    """One hold on one institution, from placing to its end."""

    machine = MACHINE
    related = ("institution__parent",)

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="hold_cases")
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("hold on an institution")
        verbose_name_plural = _("holds on institutions")
        constraints = [day_or_condition("hold_until_day_or_condition")]
        triggers = [guards.no_delete()]
