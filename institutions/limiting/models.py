"""The case table of a limit. From when which right runs is said by the dated fact."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.history import History

from ..records import Institution
from .machine import MACHINE


class LimitCase(Case):
    """One decision of the chief statistician on one institution's right to enterprise data."""

    machine = MACHINE
    related = ("institution__parent",)

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("limit of enterprise data")
        verbose_name_plural = _("limits of enterprise data")
        triggers = [guards.no_delete()]
