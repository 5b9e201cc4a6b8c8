"""The case of a change of responsible person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.documents import CHANNELS
from fsesys.core.history import History

from ..records import Institution
from .machine import MACHINE

ASKERS = {
    "responsible": _("the responsible person"),
    "substitute": _("a substitute"),
    "management": _("the management of the institution"),
}


class ResponsibleCase(Case):
    """Who is to become responsible, who asked for it, and the declaration to sign."""

    machine = MACHINE
    related = ("institution__parent", "person", "former", "declaration")

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    person = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", verbose_name=_("new responsible person")
    )
    former = models.ForeignKey(
        "core.Person", models.PROTECT, null=True, related_name="+",
        verbose_name=_("former responsible person"),
    )  # fmt: skip
    asked_as = models.CharField(
        _("asked as"), max_length=20, choices=list(ASKERS.items()), default="management"
    )
    asked_by = models.CharField(_("asked for by"), max_length=200)
    asked_on = models.DateField(_("asked on"))
    channel = models.CharField(_("channel"), max_length=20, choices=list(CHANNELS.items()))
    left_on = models.DateField(_("former person left on"), null=True)
    ends_substitute = models.BooleanField(_("ends the role as substitute"), default=False)
    from_on = models.DateField(_("not before"), null=True)
    remind_on = models.DateField(_("reminder due on"), null=True)
    reminded = models.BooleanField(_("reminded"), default=False)
    declaration = models.ForeignKey("core.Document", models.PROTECT, null=True, related_name="+")
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("change of responsible person")
        verbose_name_plural = _("changes of responsible person")
        triggers = [guards.no_delete()]
