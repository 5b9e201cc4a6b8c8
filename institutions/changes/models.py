"""The case of a change of facts: what differs, from when, and whether a supplement is needed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.history import History

from ..records import Institution
from .machine import MACHINE


class ChangeCase(Case):
    """`changes`: {column: [old, new]} as they are kept; names of people are not among them."""

    machine = MACHINE
    related = ("institution",)

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    from_on = models.DateField(_("holds from"))
    changes = models.JSONField(default=dict)
    supplement = models.CharField(max_length=3, blank=True)
    supplement_reason = models.CharField(max_length=300, blank=True)
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("change of facts")
        verbose_name_plural = _("changes of facts")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(supplement="no") | ~models.Q(supplement_reason=""),
                name="no_supplement_needs_reason",
            )
        ]
        triggers = [guards.no_delete()]
