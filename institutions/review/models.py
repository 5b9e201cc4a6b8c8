"""The case of a yearly review."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.history import History

from ..records import Institution
from .machine import MACHINE


class ReviewCase(Case):
    """`review_on` is the day it was held for; `checked` what was found right."""

    machine = MACHINE
    related = ("institution",)

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    review_on = models.DateField(_("review due on"), null=True)
    checked = ArrayField(models.CharField(max_length=20), default=list)
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("yearly review")
        verbose_name_plural = _("yearly reviews")
        triggers = [guards.no_delete()]
