"""The case table of the early end of a project. Until when it ran is said by the dated fact."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.history import History

from ..cases import OfProjectCase
from ..word import WordColumns
from .machine import MACHINE


class EndingCase(WordColumns, OfProjectCase):
    """One early end of one project, or the question whether it should end."""

    machine = MACHINE
    related = (*OfProjectCase.related, "said_by")
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("early end of a project")
        verbose_name_plural = _("early ends of projects")
        triggers = [guards.no_delete()]
