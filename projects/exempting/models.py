"""The case table of an exemption. From when to when it runs is said by the dated fact."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.history import History

from ..cases import OfProjectCase
from .machine import MACHINE


class ExemptionCase(OfProjectCase):
    """One decision of the chief statistician on one project."""

    machine = MACHINE
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("exemption of a project")
        verbose_name_plural = _("exemptions of projects")
        triggers = [guards.no_delete()]
