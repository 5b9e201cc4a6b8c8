"""The case table of an ended authorisation. Until when it ran is said by the dated fact."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.history import History

from ..records import Institution
from .machine import MACHINE


class TerminationCase(Case):
    """One end of one authorisation. ends_on: its last day, or nothing when it ended at once."""

    machine = MACHINE
    related = ("institution__parent", "wished_by")

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="termination_cases")
    ends_on = models.DateField(_("last day of the authorisation"), null=True, blank=True)
    wished_by = models.ForeignKey("core.Person", models.PROTECT, null=True, related_name="+")
    received_on = models.DateField(_("received on"), null=True, blank=True)
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("end of authorisation")
        verbose_name_plural = _("ended authorisations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wished_by__isnull=True, received_on__isnull=True)
                | models.Q(wished_by__isnull=False, received_on__isnull=False),
                name="wish_has_its_day",
            )
        ]
        triggers = [guards.no_delete()]
