"""The case table of an access. When it runs is said by the dated fact, not here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.history import History

from ..records import Project
from .machine import MACHINE


class GrantCase(Case):
    """One grant of one project to one person, resting on one association agreement."""

    machine = MACHINE
    related = ("project", "person", "person__researcher", "agreement")

    project = models.ForeignKey(Project, models.PROTECT, related_name="grant_cases")
    person = models.ForeignKey("core.Person", models.PROTECT, related_name="grant_cases")
    agreement = models.ForeignKey("core.Case", models.PROTECT, related_name="grant_cases")
    asked_by = models.ForeignKey(
        "core.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("asked by")
    )
    asked_on = models.DateField(_("asked on"), null=True)
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("access to a project")
        verbose_name_plural = _("accesses to projects")
        triggers = [guards.no_delete()]
