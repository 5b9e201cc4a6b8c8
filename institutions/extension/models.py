"""The case of an extension: what is asked for beside what the institution has."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, guards
from fsesys.core.cases import Case
from fsesys.core.history import History

from .. import kinds
from ..records import Institution
from ..selectors import head_of
from .machine import MACHINE


class ExtensionCase(Case):
    """One application for more. `head` is who was responsible when it came in, and from the draft
    on who is named in the supplementary agreement."""

    machine = MACHINE
    paper = "extension_agreement"
    in_paper = ("schemes", "responsible")
    worded = {name: f"extension_{name}" for name in ("receipt", "cover", "rejection", "lapse",
                                                     "withdrawal")}  # fmt: skip
    experienced_count = 0  # asked of a first application only
    related = ("institution", "head", "agreement")

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    received_on = models.DateField(_("received on"))
    channel = models.CharField(max_length=20, default="mail")
    language = models.CharField(max_length=2, default="da")
    schemes = ArrayField(models.CharField(max_length=20), verbose_name=_("further schemes"))
    enterprise_right = models.CharField(
        _("enterprise data"), max_length=10, blank=True, choices=list(kinds.RIGHTS.items())
    )
    purpose = models.TextField(_("purpose"))
    head = models.ForeignKey(
        "core.Person", models.PROTECT, null=True, related_name="+",
        verbose_name=_("responsible manager"),
    )  # fmt: skip
    recommendation = models.TextField(_("recommendation"), blank=True)
    reservations = models.TextField(_("reservations"), blank=True)
    recommended_by = models.ForeignKey("core.Person", models.PROTECT, null=True, related_name="+")
    agreement = models.ForeignKey(
        "institutions.AgreementVersion", models.PROTECT, null=True, related_name="+"
    )
    sent_on = models.DateField(_("sent on"), null=True)
    remind_on = models.DateField(_("reminder due on"), null=True)
    lapse_on = models.DateField(_("can lapse on"), null=True)
    reminded = models.BooleanField(_("reminded"), default=False)
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        triggers = [guards.no_delete()]

    @cached_property
    def addressee(self):
        """The responsible person of today, or None: who has left gets no more letters."""
        return head_of(self.institution_id, clock.now())
