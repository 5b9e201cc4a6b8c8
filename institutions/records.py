"""Institution and what is dated about it: authorisation, enterprise right, roles of its people."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.facts import DatedFact, unbroken
from fsesys.core.history import History
from fsesys.core.holds import Hold
from fsesys.core.names import normalise, searchable
from fsesys.core.roles import without_overlap

from . import kinds


class Organisation(models.Model):
    """The parent of an environment: a university, a region."""

    name = models.CharField(_("name"), max_length=200)
    cvr = models.CharField(_("CVR number"), max_length=8)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "cvr"], name="organisation_once")]
        triggers = [guards.no_delete()]

    def __str__(self):
        return self.name


class Institution(models.Model):
    """An authorised environment, usually a department. Its number survives re-application."""

    name_da = models.CharField(_("name in Danish"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    parent = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="environments",
        verbose_name=_("parent organisation"),
    )
    cvr = models.CharField(_("CVR number"), max_length=8, db_index=True)
    ean = models.CharField(_("EAN number"), max_length=13, blank=True)
    type = models.CharField(_("type"), max_length=30, choices=list(kinds.TYPES.items()))
    price_group = models.CharField(
        _("price group"), max_length=10, choices=list(kinds.PRICE_GROUPS.items())
    )
    price_group_reason = models.CharField(_("why this price group"), max_length=300, blank=True)
    schemes = ArrayField(models.CharField(max_length=20), verbose_name=_("schemes"))
    mail_domains = ArrayField(models.CharField(max_length=100), verbose_name=_("mail domains"))
    address = models.TextField(_("address"), blank=True)
    invoice_address = models.TextField(_("invoice address"), blank=True)
    web = models.URLField(_("web page"), blank=True)
    language = models.CharField(
        _("language of letters"),
        max_length=2,
        choices=[("da", "Dansk"), ("en", "English")],
        default="da",
    )
    authorisation_number = models.PositiveIntegerField(
        _("authorisation number"), null=True, blank=True, unique=True
    )
    review_on = models.DateField(_("next review"), null=True, blank=True)
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates",
        verbose_name=_("duplicate of"),
    )  # fmt: skip
    name_key = models.CharField(max_length=200, editable=False, db_index=True)
    search = models.CharField(max_length=700, editable=False)
    words = searchable()
    history = History(excluded_fields=["words"])

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        indexes = [
            GinIndex(fields=["words"], name="institution_words"),
            models.Index(fields=["name_da", "id"], name="institution_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(cvr__regex=r"^[0-9]{8}$"), name="cvr_8_digits"),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=models.F("id")),
                name="not_its_own_duplicate",
            ),
        ]
        triggers = [
            guards.no_delete(),
            guards.Guard(
                name="number_stays", when=guards.pgtrigger.Before,
                operation=guards.pgtrigger.Update,
                func="IF OLD.authorisation_number IS NOT NULL AND NEW.authorisation_number IS"
                " DISTINCT FROM OLD.authorisation_number THEN "
                + guards.refuse("An authorisation number stays with its institution.")
                + " END IF; RETURN NEW;",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    @property
    def name(self):
        return kinds.called(self.name_da, self.name_en, self.parent if self.parent_id else "")

    @property
    def subject_key(self):
        return f"institution:{self.pk}"

    def prepared(self):
        """The same, with the columns by which it is found."""
        self.name_key = normalise(self.name_da)[:200]
        parent = self.parent.name if self.parent_id else ""
        number = self.authorisation_number or ""
        words = f"{self.name_da} {self.name_en} {parent} {self.cvr} {number}"
        self.search = normalise(words)[:700]
        return self

    def save(self, *args, **kwargs):
        self.prepared()
        super().save(*args, **kwargs)


class AuthorisationPeriod(DatedFact):
    """The institution is authorised from and to. The record it hangs on is the case."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="periods")
    case = models.ForeignKey("core.Case", models.PROTECT, null=True, related_name="+")

    class Meta(DatedFact.Meta):
        abstract = False
        constraints = [
            unbroken("period_ends_after_it_began"),
            without_overlap("one_authorisation_in_force", "institution_id"),
        ]

    def __str__(self):
        return f"{self.institution}: {self.from_at:%Y-%m-%d}"


class EnterpriseRight(DatedFact):
    """Whether the institution's people may use restricted enterprise data."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="rights")
    right = models.CharField(max_length=10, choices=list(kinds.RIGHTS.items()))
    reason = models.CharField(max_length=300, blank=True)

    class Meta(DatedFact.Meta):
        abstract = False
        constraints = [
            unbroken("right_ends_after_it_began"),
            without_overlap("one_enterprise_right", "institution_id"),
        ]

    def __str__(self):
        return f"{self.institution}: {self.right}"


class RoleHolding(DatedFact):
    """A person holds one of the seven customer-side roles (domain.md 0.3) at an institution."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="holdings")
    person = models.ForeignKey("core.Person", models.PROTECT, related_name="holdings")
    role = models.CharField(_("role"), max_length=20, choices=list(kinds.ROLES.items()))

    class Meta(DatedFact.Meta):
        abstract = False
        constraints = [
            unbroken("holding_ends_after_it_began"),
            without_overlap("one_responsible", "institution_id",
                            where=Q(role="responsible")),
            without_overlap("responsible_is_no_substitute", "institution_id", "person_id",
                            where=Q(role__in=["responsible", "substitute"])),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.person}: {self.get_role_display()}"


class InstitutionFacts(DatedFact):
    """What the institution is called and where it is, from and to. No row: as on the record."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="facts")
    name_da = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    address = models.TextField(blank=True)
    invoice_address = models.TextField(blank=True)
    ean = models.CharField(max_length=13, blank=True)
    web = models.URLField(blank=True)
    mail_domains = ArrayField(models.CharField(max_length=100))
    language = models.CharField(max_length=2)
    schemes = ArrayField(models.CharField(max_length=20))

    class Meta(DatedFact.Meta):
        abstract = False
        constraints = [
            unbroken("facts_end_after_they_began"),
            without_overlap("one_set_of_facts", "institution_id"),
        ]

    def __str__(self):
        return f"{self.institution_id}: {self.name_da}"

    name = Institution.name


class Succession(DatedFact):
    """The institution is succeeded by another from a day."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Institution, models.PROTECT, related_name="succeeded")

    class Meta(DatedFact.Meta):
        abstract = False
        constraints = [
            unbroken("succession_ends_after_it_began"),
            without_overlap("one_successor", "institution_id"),
            models.CheckConstraint(
                condition=~Q(institution=models.F("successor")), name="never_its_own_successor"
            ),
        ]

    def __str__(self):
        return f"{self.institution_id} -> {self.successor_id}"


class InstitutionHold(Hold):
    """What stops the institution's people for a while; "suspended" is the word while it runs."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="holds")

    class Meta(Hold.Meta):
        abstract = False
        constraints = [
            unbroken("hold_ends_after_it_began"),
            without_overlap("one_run_of_a_hold", "case_id"),
            models.CheckConstraint(
                condition=Q(to_at__isnull=False) | ~Q(condition=""), name="hold_has_an_end"
            ),
        ]

    def __str__(self):
        return f"{self.institution}: {self.from_at:%Y-%m-%d}"
