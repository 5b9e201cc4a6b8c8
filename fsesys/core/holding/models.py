"""The columns of the case of a hold. When the hold runs is said by the dated fact, not here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class HoldColumns(models.Model):
    """Mixin of a hold's case, before Case: `class ProjectHoldCase(HoldColumns, Case)`."""

    cause = models.CharField(_("cause"), max_length=300)
    precautionary = models.BooleanField(_("precautionary"), default=False)
    until_on = models.DateField(_("last day of the hold"), null=True, blank=True)
    condition = models.CharField(_("until this has happened"), max_length=300, blank=True)

    class Meta:
        abstract = True


def day_or_condition(name):
    """The constraint that a hold's case names a day or a condition, one of them."""
    return models.CheckConstraint(
        condition=Q(until_on__isnull=False, condition="")
        | (Q(until_on__isnull=True) & ~Q(condition="")),
        name=name,
    )
