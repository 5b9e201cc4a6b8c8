"""The case table of a hold. When the hold runs is said by the dated fact, not here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.history import History

from ..records import Institution
from .machine import MACHINE


class HoldCase(Case):
    """One hold on one institution, from placing to its end."""

    machine = MACHINE
    related = ("institution__parent",)

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="hold_cases")
    cause = models.CharField(_("cause"), max_length=300)
    precautionary = models.BooleanField(_("precautionary"), default=False)
    until_on = models.DateField(_("last day of the hold"), null=True, blank=True)
    condition = models.CharField(_("until this has happened"), max_length=300, blank=True)
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("hold on an institution")
        verbose_name_plural = _("holds on institutions")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=False, condition="")
                | (Q(until_on__isnull=True) & ~Q(condition="")),
                name="hold_until_day_or_condition",
            )
        ]
        triggers = [guards.no_delete()]
