"""Researcher and what is dated about one: associations, certificates, holds on the person.

A person without an association is nobody's researcher; what the rule of access reads are the
dated facts here, never a state (design.md section 4).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fsesys.core import guards
from fsesys.core.facts import DatedFact, unbroken
from fsesys.core.history import History
from fsesys.core.holds import Hold
from fsesys.core.roles import without_overlap
from institutions.records import Institution

from . import kinds


class Researcher(models.Model):
    """A person with an ident. The ident comes with the first activation and stays for ever."""

    person = models.OneToOneField("core.Person", models.PROTECT, related_name="researcher")
    ident = models.CharField(_("ident"), max_length=4, null=True, blank=True, unique=True)  # noqa: DJ001
    ident_closed_at = models.DateTimeField(_("ident closed"), null=True, blank=True)
    employer = models.CharField(_("employer, if different"), max_length=200, blank=True)
    country = models.CharField(_("country of residence"), max_length=2, blank=True)
    citizenship = models.CharField(_("citizenship"), max_length=2, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    language = models.CharField(
        _("language of letters"), max_length=2, choices=[("da", "Dansk"), ("en", "English")],
        default="da",
    )  # fmt: skip
    proof = models.CharField(
        _("proof of identity"), max_length=20, choices=list(kinds.PROOFS.items()), blank=True
    )
    proof_on = models.DateField(_("proof seen on"), null=True, blank=True)
    proof_by = models.ForeignKey(
        "core.Person", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("proof seen by"),
    )  # fmt: skip
    history = History()

    class Meta:
        verbose_name = _("researcher")
        verbose_name_plural = _("researchers")
        constraints = [
            models.CheckConstraint(
                condition=Q(ident__isnull=True) | Q(ident__regex=r"^[A-Z]{3,4}$"),
                name="ident_3_or_4_letters",
            ),
            models.CheckConstraint(
                condition=Q(proof="", proof_on__isnull=True, proof_by__isnull=True)
                | (~Q(proof="") & Q(proof_on__isnull=False, proof_by__isnull=False)),
                name="proof_has_day_and_witness",
            ),
        ]
        triggers = [
            guards.no_delete(),
            guards.Guard(
                name="ident_stays", when=guards.pgtrigger.Before,
                operation=guards.pgtrigger.Update,
                func="IF OLD.ident IS NOT NULL AND NEW.ident IS DISTINCT FROM OLD.ident THEN "
                + guards.refuse("An ident stays with its person and is never reused.")
                + " END IF; RETURN NEW;",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.person} ({self.ident})" if self.ident else str(self.person)

    @property
    def subject_key(self):
        return f"researcher:{self.pk}"


class Association(DatedFact):
    """The person is attached to the institution. `agreement`: the case it rests on."""

    person = models.ForeignKey("core.Person", models.PROTECT, related_name="associations")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="associations")
    type = models.CharField(_("type"), max_length=20, choices=list(kinds.TYPES.items()))
    agreement = models.ForeignKey("core.Case", models.PROTECT, related_name="+")

    class Meta(DatedFact.Meta):
        abstract = False
        constraints = [
            unbroken("association_ends_after_it_began"),
            without_overlap("one_run_of_an_association", "agreement_id"),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.institution_id} ({self.type})"


class CertificationPass(DatedFact):
    """All questions were answered right on that day. Until when it counts follows from the
    parameter in force on the day asked about; nothing stores an end (design.md section 4)."""

    person = models.ForeignKey("core.Person", models.PROTECT, related_name="passes")
    passed_on = models.DateField(_("passed on"))
    rules_version = models.CharField(_("version of the rules"), max_length=20, blank=True)
    case = models.ForeignKey("core.Case", models.PROTECT, related_name="+")

    class Meta(DatedFact.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["person", "passed_on"], condition=Q(retracted_at__isnull=True),
                name="one_pass_a_day",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.person_id}: {self.passed_on}"


class SameHuman(DatedFact):
    """Two records are of one human being, so long as it is known: what a rule asked as known on a
    day follows the links of that day. It was so at all times: from_at is when it was confirmed.
    `Person.same_as` repeats the link that is known now."""

    person = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    root = models.ForeignKey("core.Person", models.PROTECT, related_name="+")

    class Meta(DatedFact.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(retracted_at__isnull=True), name="one_root"
            ),
            models.CheckConstraint(condition=~Q(person=models.F("root")), name="not_its_own_root"),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.root_id}"


class PersonHold(Hold):
    """What stops one person's accesses for a while."""

    person = models.ForeignKey("core.Person", models.PROTECT, related_name="holds")

    class Meta(Hold.Meta):
        abstract = False
        constraints = [
            unbroken("person_hold_ends_after_it_began"),
            without_overlap("one_run_of_a_person_hold", "case_id"),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.from_at:%Y-%m-%d}"
