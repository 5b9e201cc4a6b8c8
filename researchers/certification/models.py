"""The case table of a result. Whether somebody is certified is said by the dated fact, not here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.history import History

from .machine import MACHINE


class CertificationCase(Case):
    """One result of the test, or one training from elsewhere (then without a count)."""

    machine = MACHINE
    related = ("person", "person__researcher")

    person = models.ForeignKey("core.Person", models.PROTECT, related_name="certifications")
    taken_on = models.DateField(_("taken on"))
    correct = models.PositiveSmallIntegerField(_("right answers"), null=True)
    out_of = models.PositiveSmallIntegerField(_("questions"), null=True)
    rules_version = models.CharField(_("version of the rules"), max_length=20, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0, editable=False)
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("certification")
        verbose_name_plural = _("certifications")
        constraints = [
            models.CheckConstraint(
                condition=Q(correct__isnull=True, out_of__isnull=True)
                | Q(correct__isnull=False, out_of__isnull=False,
                    correct__lte=models.F("out_of")),
                name="right_answers_of_questions",
            )
        ]  # fmt: skip
        triggers = [guards.no_delete()]
