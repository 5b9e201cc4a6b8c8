"""The case table of allowing an institution on a project."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.history import History
from institutions.records import Institution

from ..cases import OfProjectCase
from ..word import WordColumns
from .machine import MACHINE


class AllowingCase(WordColumns, OfProjectCase):
    """One institution allowed on one project, or allowed no more."""

    machine = MACHINE
    related = (*OfProjectCase.related, "member__parent", "said_by")

    member = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="+", verbose_name=_("institution")
    )
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("institution on a project")
        verbose_name_plural = _("institutions on projects")
        triggers = [guards.no_delete()]
