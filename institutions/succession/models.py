"""The case of a succession."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.history import History

from ..records import Institution
from .machine import MACHINE


class SuccessionCase(Case):
    machine = MACHINE
    related = ("institution", "successor")

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    successor = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="+", verbose_name=_("successor")
    )
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        triggers = [guards.no_delete()]
