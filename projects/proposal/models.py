"""The case table of a proposal, and its versions: numbered through the project, never rewritten."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.cases import Case
from fsesys.core.documents import CHANNELS
from fsesys.core.history import History
from institutions import kinds
from institutions.records import Institution

from ..records import Project, Register
from .machine import MACHINE

VERSION = ("contact", "approved_by", "performer__parent", "controller__parent")  # read with it


class ProposalCase(Case):
    """One proposal or re-proposal of a project. `version`: which of the project's versions it is
    about now; what that version says stands in ProposalVersion."""

    machine = MACHINE
    related = ("project__officer", "project__contact", "institution__parent")

    project = models.ForeignKey(Project, models.PROTECT, related_name="proposals")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="proposals", verbose_name=_("owner")
    )
    version = models.PositiveSmallIntegerField(_("version"))
    again = models.BooleanField(_("re-proposal"), default=False)
    lapse_on = models.DateField(_("can lapse on"), null=True, db_index=True)
    warned = models.PositiveSmallIntegerField(_("warned, days before the end"), null=True)
    right_title = models.CharField(_("title, corrected"), max_length=200, blank=True, default="")
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("project proposal")
        verbose_name_plural = _("project proposals")
        triggers = [guards.no_delete()]

    @cached_property
    def proposal(self):
        """The version that the case is about now."""
        rows = ProposalVersion.objects.filter(project=self.project_id, number=self.version)
        return rows.select_related(*VERSION).first()

    @property
    def title(self):
        """What the project is called by this proposal: as registered, or as that was corrected."""
        version = self.proposal or self.project
        return self.right_title or version.title


class ProposalVersion(models.Model):
    """One version of what the institution proposes, as it was registered."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="versions")
    case = models.ForeignKey("core.Case", models.PROTECT, related_name="+")
    event = models.ForeignKey("core.ProcessEvent", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("version"))
    received_on = models.DateField(_("received on"))
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("purpose"))
    description = models.TextField(_("description"))
    importance = models.TextField(_("importance to society"))
    population = models.TextField(_("population"))
    full_register = models.BooleanField(_("a full register is used"), default=False)
    full_register_reason = models.TextField(_("why a full register"), blank=True)
    external_data = models.TextField(_("external data planned"), blank=True)
    outputs = models.TextField(_("planned outputs"))
    publications = models.TextField(_("planned publications"), blank=True)
    legal_basis = models.TextField(_("legal basis"))
    impact_assessed = models.BooleanField(_("data-protection assessment made"))
    impact_reason = models.TextField(_("why, or why not"))
    benefit = models.TextField(_("benefit to the public"))
    funding = models.TextField(_("funding"), blank=True)
    price_group = models.CharField(
        _("price group"), max_length=10, choices=list(kinds.PRICE_GROUPS.items())
    )
    first_on = models.DateField(_("first day of the project"))
    last_on = models.DateField(_("last day of the project"))
    contact = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", verbose_name=_("contact person")
    )
    signatories = models.ManyToManyField(
        "core.Person", related_name="+", verbose_name=_("signatories")
    )
    approved_by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+",
        verbose_name=_("approved at the institution by"),
    )  # fmt: skip
    approved_on = models.DateField(_("approved at the institution on"))
    approved_channel = models.CharField(
        _("channel of the approval"), max_length=20, choices=list(CHANNELS.items())
    )
    members = models.ManyToManyField(
        Institution, related_name="+", verbose_name=_("other institutions planned")
    )

    performer = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="+",
        verbose_name=_("performer, if not the owner"),
    )  # fmt: skip
    controller = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="+",
        verbose_name=_("data controller, if not the owner"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("version of a proposal")
        verbose_name_plural = _("versions of proposals")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="proposal_version_once"),
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")), name="project_has_a_day"
            ),
        ]
        triggers = [guards.append_only()]

    def __str__(self):
        return f"{self.project_id} v{self.number}"


class PlannedRegister(models.Model):
    """One register that the version plans to use, of which years and why."""

    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="registers")
    register = models.ForeignKey(Register, models.PROTECT, related_name="+")
    year_from = models.PositiveSmallIntegerField(_("first year"), null=True)
    year_to = models.PositiveSmallIntegerField(_("last year"), null=True)
    justification = models.TextField(_("justification"))

    class Meta:
        ordering = ["version", "register__name"]
        constraints = [models.UniqueConstraint(fields=["version", "register"], name="planned_once")]
        triggers = [guards.append_only()]

    def __str__(self):
        return f"{self.register}: {self.year_from}-{self.year_to}"


class ExternalApproval(models.Model):
    """What somebody else had to allow, such as the owner of another source."""

    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="approvals")
    source = models.CharField(_("from whom"), max_length=200)
    number = models.CharField(_("number"), max_length=100)
    expires_on = models.DateField(_("expires on"), null=True)
    document = models.ForeignKey("core.Document", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["version", "pk"]
        triggers = [guards.append_only()]

    def __str__(self):
        return f"{self.source} {self.number}"
