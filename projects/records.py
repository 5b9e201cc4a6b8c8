"""Project, the registers, and what is dated about them: owner, period, data basis, grants, holds.

The facts that the rule of access (access.py) reads stand here and in the layers below; each hangs
on the case that decided it.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, guards
from fsesys.core.facts import DatedFact, unbroken
from fsesys.core.history import History
from fsesys.core.holds import Hold
from fsesys.core.names import normalise, searchable
from fsesys.core.roles import without_overlap
from institutions import kinds
from institutions.records import Institution


class Register(models.Model):
    """One register of the catalogue. What is dated about it are its flags."""

    name = models.CharField(_("name"), max_length=20, unique=True)
    title_da = models.CharField(_("title in Danish"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    subject = models.CharField(_("subject"), max_length=40)
    reference_type = models.CharField(_("kind of reference time"), max_length=20)

    class Meta:
        verbose_name = _("register")
        verbose_name_plural = _("registers")
        triggers = [guards.no_delete()]

    def __str__(self):
        return f"{self.name} {self.title_en if get_language() == 'en' else self.title_da}"


class RegisterFlag(DatedFact):
    """What is said of a register from and to: restricted enterprise data, and its smallest cell."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="flags")
    restricted_enterprise = models.BooleanField(_("restricted enterprise data"), default=False)
    min_cell = models.PositiveSmallIntegerField(_("smallest cell"), null=True, blank=True)

    class Meta(DatedFact.Meta):
        abstract = False
        constraints = [
            unbroken("flag_ends_after_it_began"),
            without_overlap("one_flag_of_a_register", "register_id"),
        ]

    def __str__(self):
        return f"{clock.day_of(self.from_at):%d-%m-%Y}"


DATABASE = "project_database"  # the scheme of project databases and of their subprojects


class Project(models.Model):
    """A project. Its number of six digits is given at registration and never reused."""

    number = models.PositiveIntegerField(_("project number"), unique=True)
    title = models.CharField(_("title"), max_length=300)
    scheme = models.CharField(_("scheme"), max_length=20, choices=list(kinds.SCHEMES.items()))
    database = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subprojects",
        verbose_name=_("project database"),
    )  # fmt: skip
    performer = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="performs",
        verbose_name=_("performer, if not the owner"),
    )  # fmt: skip
    controller = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="controls",
        verbose_name=_("data controller, if not the owner"),
    )  # fmt: skip
    officer = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="projects", verbose_name=_("FSE project owner")
    )
    contact = models.ForeignKey(
        "core.Person", models.PROTECT, null=True, blank=True, related_name="contact_of",
        verbose_name=_("contact person"),
    )  # fmt: skip
    legacy = models.BooleanField(_("without structured text"), default=False)
    search = models.CharField(max_length=700, editable=False)
    words = searchable()
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        indexes = [GinIndex(fields=["words"], name="project_words")]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=100_000, number__lte=999_999), name="number_6_digits"
            ),
            models.CheckConstraint(
                condition=Q(database__isnull=True) | ~Q(database=F("id")),
                name="not_its_own_database",
            ),
        ]
        triggers = [guards.no_delete(), guards.frozen("number", name="project_number_stays")]

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def subject_key(self):
        return f"project:{self.pk}"

    @property
    def is_database(self):
        """It holds subprojects, and is none itself."""
        return self.scheme == DATABASE and self.database_id is None

    def prepared(self):
        """The same, with the column by which it is found."""
        self.search = normalise(f"{self.number} {self.title}")[:700]
        return self

    def save(self, *args, **kwargs):
        self.prepared()
        super().save(*args, **kwargs)


class OfProject(DatedFact):
    """A dated fact of a project. `case` decided it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="%(class)ss")
    case = models.ForeignKey("core.Case", models.PROTECT, related_name="+")

    class Meta(DatedFact.Meta):
        abstract = True

    def __str__(self):
        return f"{self.project_id}: {self.from_at:%Y-%m-%d}"


class ProjectOwner(OfProject):
    """The institution owns the project."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="owned")

    class Meta(OfProject.Meta):
        abstract = False
        constraints = [
            unbroken("owner_ends_after_it_began"),
            without_overlap("one_owner_of_a_project", "project_id"),
        ]


class ProjectPeriod(OfProject):
    """The project runs, under the version of the proposal that both sides signed."""

    version = models.PositiveSmallIntegerField(_("version"))
    signed_on = models.DateField(_("signed on"), null=True, blank=True)

    class Meta(OfProject.Meta):
        abstract = False
        constraints = [
            unbroken("project_period_ends_after_it_began"),
            without_overlap("one_version_in_force", "project_id"),
        ]


class DataBasis(OfProject):
    """The project may use a register's data of these years, under a signed version."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="used")
    version = models.PositiveSmallIntegerField(_("version"))
    year_from = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)

    class Meta(OfProject.Meta):
        abstract = False
        constraints = [
            unbroken("basis_ends_after_it_began"),
            without_overlap("one_basis_of_a_register", "project_id", "register_id"),
        ]


class AllowedInstitution(OfProject):
    """People of this institution may work on the project though another owns it."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="allowed_on")

    class Meta(OfProject.Meta):
        abstract = False
        constraints = [
            unbroken("allowed_ends_after_it_began"),
            without_overlap("allowed_once", "project_id", "institution_id"),
        ]


class Exemption(OfProject):
    """The chief statistician exempted the project: consultancies may use enterprise data on it."""

    class Meta(OfProject.Meta):
        abstract = False
        constraints = [
            unbroken("exemption_ends_after_it_began"),
            without_overlap("one_exemption_of_a_project", "project_id"),
        ]


class Grant(OfProject):
    """The person may reach the project, resting on one association agreement."""

    person = models.ForeignKey("core.Person", models.PROTECT, related_name="grants")
    agreement = models.ForeignKey("core.Case", models.PROTECT, related_name="+")

    class Meta(OfProject.Meta):
        abstract = False
        constraints = [
            unbroken("grant_ends_after_it_began"),
            without_overlap("one_grant_at_a_time", "person_id", "project_id"),
        ]


class ProjectHold(Hold):
    """What stops the project for everybody for a while."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="holds")

    class Meta(Hold.Meta):
        abstract = False
        constraints = [
            unbroken("project_hold_ends_after_it_began"),
            without_overlap("one_run_of_a_project_hold", "case_id"),
        ]

    def __str__(self):
        return f"{self.project_id}: {self.from_at:%Y-%m-%d}"
