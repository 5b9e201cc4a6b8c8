"""The case table of process 1, the versions of its agreement, and the votes on it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.history import History

from .. import kinds
from ..records import Institution
from .machine import MACHINE


class AuthorisationCase(Case):
    """One application of one institution. What the applicant stated stands here as stated."""

    machine = MACHINE
    paper = "agreement"  # the template of what both sides sign
    in_paper = (  # what of it can be corrected on the case
        "institution", "parent", "cvr", "address", "mail_domains", "schemes", "enterprise",
        "responsible",
    )  # fmt: skip
    worded = {}  # letter -> the template by which this kind of case words it
    related = ("institution", "head", "agreement")  # each join more doubles the planning

    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        related_name="authorisation_cases",
        verbose_name=_("institution"),
    )
    received_on = models.DateField(_("received on"))
    channel = models.CharField(max_length=20, default="mail")
    language = models.CharField(max_length=2, default="da")
    schemes = ArrayField(models.CharField(max_length=20), verbose_name=_("schemes applied for"))
    environment = models.TextField(_("description of the environment"))
    staff_count = models.PositiveIntegerField(
        _("researchers and analysts"),
        null=True,  # null: imported, never stated
    )
    experienced_count = models.PositiveIntegerField(_("experienced with register data"), null=True)
    security = models.TextField(_("security measures"), blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    ownership = models.TextField(_("ownership"), blank=True)
    public_work = models.TextField(_("earlier work for public clients"), blank=True)
    head = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", verbose_name=_("responsible manager")
    )
    double_reason = models.TextField(_("why it is not a double"), blank=True)
    recommendation = models.TextField(_("recommendation"), blank=True)
    reservations = models.TextField(_("reservations"), blank=True)
    recommended_by = models.ForeignKey("core.Person", models.PROTECT, null=True, related_name="+")
    enterprise_right = models.CharField(
        _("enterprise data"), max_length=10, blank=True, choices=list(kinds.RIGHTS.items())
    )
    agreement = models.ForeignKey(
        "institutions.AgreementVersion", models.PROTECT, null=True, related_name="+"
    )
    sent_on = models.DateField(_("sent on"), null=True)
    remind_on = models.DateField(_("reminder due on"), null=True, db_index=True)
    lapse_on = models.DateField(_("can lapse on"), null=True, db_index=True)
    reminded = models.BooleanField(_("reminded"), default=False)
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("authorisation")
        verbose_name_plural = _("authorisations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(experienced_count__lte=F("staff_count")),
                name="experienced_are_staff",
            )
        ]
        triggers = [guards.no_delete()]

    @property
    def addressee(self):
        """The person to whom the letters of the case go."""
        return self.head


class AgreementVersion(models.Model):
    """One filled standard form. Frozen when its document is issued; superseded by a later one."""

    case = models.ForeignKey("core.Case", models.PROTECT, related_name="agreement_versions")
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=2)
    terms = models.JSONField()
    drafted_event = models.ForeignKey("core.ProcessEvent", models.PROTECT, related_name="+")
    document = models.OneToOneField(
        "core.Document", models.PROTECT, null=True, related_name="agreement_version"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="agreement_version_once")
        ]
        triggers = [guards.write_once("document_id", name="frozen_once"), guards.no_delete()]

    def __str__(self):
        return f"{self.case_id} v{self.version}"


class Vote(models.Model):
    """The chief statistician's decision, beside who recommended: never the same person."""

    case = models.ForeignKey("core.Case", models.PROTECT, related_name="+")
    event = models.OneToOneField("core.ProcessEvent", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10)
    agreement = models.ForeignKey(AgreementVersion, models.PROTECT, null=True, related_name="+")
    recommended_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(recommended_by=F("decided_by")),
                name="decided_by_another_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="approve") | models.Q(agreement__isnull=False),
                name="approve_needs_agreement",
            ),
        ]
        triggers = [guards.append_only()]

    def __str__(self):
        return f"{self.case_id}: {self.outcome}"
