"""The case table of a hold on a person. When the hold runs is said by the dated fact, not here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.history import History
from fsesys.core.holding.models import HoldColumns, day_or_condition

from .machine import MACHINE


class PersonHoldCase(HoldColumns, Case):
    """One hold on one person, from placing to its end."""

    machine = MACHINE
    related = ("person__researcher",)

    person = models.ForeignKey("core.Person", models.PROTECT, related_name="hold_cases")
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("hold on a person")
        verbose_name_plural = _("holds on people")
        constraints = [day_or_condition("person_hold_until_day_or_condition")]
        triggers = [guards.no_delete()]
