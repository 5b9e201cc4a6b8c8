"""The case of linking two records. `person`: the record that is closed; `stays`: the other."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.history import History

from .machine import MACHINE


class SamePersonCase(Case):
    machine = MACHINE
    related = ("person__researcher", "stays")

    person = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    stays = models.ForeignKey("core.Person", models.PROTECT, null=True, related_name="+")
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("link of two records")
        verbose_name_plural = _("links of two records")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(person=models.F("stays")), name="two_records_are_two"
            )
        ]
        triggers = [guards.no_delete()]
