"""The case of one role given or ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.documents import CHANNELS
from fsesys.core.history import History

from .. import kinds
from ..records import Institution
from ..responsible.models import ASKERS
from .machine import MACHINE


class RoleCase(Case):
    """Whose role, which, from or until when, and who asked for it."""

    machine = MACHINE
    related = ("institution", "person")

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    person = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=20, choices=list(kinds.ROLES.items()))
    from_on = models.DateField(_("from"), null=True)
    last_on = models.DateField(_("last day"), null=True)
    asked_as = models.CharField(_("asked as"), max_length=20, choices=list(ASKERS.items()))
    asked_by = models.CharField(_("asked for by"), max_length=200)
    asked_on = models.DateField(_("asked on"))
    channel = models.CharField(_("channel"), max_length=20, choices=list(CHANNELS.items()))
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("change of roles")
        verbose_name_plural = _("changes of roles")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_on__isnull=True) ^ models.Q(last_on__isnull=True),
                name="role_is_added_or_ended",
            )
        ]
        triggers = [guards.no_delete()]
