"""The columns that the case of every small process on a project has."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsesys.core.cases import Case
from institutions.records import Institution

from .records import Project


class OfProjectCase(Case):
    """A case about a project; `institution` is who owned it when the case was opened."""

    related = ("project__officer", "project__contact", "institution__parent")

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="+", verbose_name=_("owner")
    )

    class Meta:
        abstract = True
