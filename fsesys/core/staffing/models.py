"""The case of a staff member: everything that was decided about their account and roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import guards
from ..cases import Case
from ..history import History
from .machine import MACHINE


class StaffCase(Case):
    """One per person while the account is open."""

    machine = MACHINE
    related = ("person__account",)

    person = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="staff_cases", verbose_name=_("person")
    )
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        triggers = [guards.no_delete()]
