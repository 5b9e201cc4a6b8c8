"""The staff roles and who holds them when. What each role may do is said by the moves of each
machine; `READS` below says what a role may see. Customer-side roles live in institutions.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from . import clock, written
from .facts import DatedFact, unbroken

RESPONSIBLE = "responsible"
SECRETARY = "secretary"
CHIEF = "chief"
DST_SECRETARY = "dst-secretary"
OFFICER = "officer"
HEAD = "head"
AUDITOR = "auditor"
ADMINISTRATOR = "administrator"
DATA_MANAGER = "data-manager"
CHECKER = "checker"
FINANCE = "finance"

LABELS = {
    RESPONSIBLE: _("FSE responsible"),
    SECRETARY: _("FSE secretary"),
    CHIEF: _("Chief statistician"),
    DST_SECRETARY: _("DST secretary"),
    OFFICER: _("FSE officer"),
    HEAD: _("Head of FSE"),
    AUDITOR: _("Auditor"),
    ADMINISTRATOR: _("Administrator"),
    DATA_MANAGER: _("Data manager"),
    CHECKER: _("Output checker"),
    FINANCE: _("Finance"),
}
DECIDING = {RESPONSIBLE, SECRETARY, CHIEF, DST_SECRETARY, OFFICER, HEAD}
STAFF = frozenset(LABELS) - {ADMINISTRATOR}  # read all of processes 1 to 3 (design.md section 5)
WAITS_FOR = dict(LABELS) | {"applicant": _("Applicant"), "institution": _("Institution")}


class Int8Range(Func):
    function = "int8range"
    output_field = DateTimeRangeField()


def without_overlap(name, *columns, where=None):
    """EXCLUDE: unretracted rows with the same columns do not overlap in time.

    Equality is written as int8range because the embedded server has no btree_gist.
    """
    same = [(Int8Range(F(c), F(c), Value("[]")), "&&") for c in columns]
    spans = Func(F("from_at"), F("to_at"), function="tstzrange", output_field=DateTimeRangeField())
    return ExclusionConstraint(
        name=name,
        expressions=[*same, (spans, "&&")],
        condition=Q(retracted_at__isnull=True) & (where or Q()),
    )


class RoleMembership(DatedFact):
    """A staff role held by a person from and to an instant."""

    person = models.ForeignKey("core.Person", models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=list(LABELS.items()))
    basis = models.CharField(_("basis"), max_length=300)

    class Meta(DatedFact.Meta):
        abstract = False
        verbose_name = _("role membership")
        verbose_name_plural = _("role memberships")
        constraints = [unbroken("role_ends_after_it_began")]
        indexes = [models.Index(fields=["person", "role"])]

    def __str__(self):
        return f"{self.person}: {self.get_role_display()}"


class StandIn(DatedFact):
    """Somebody acts for a person who is away: in that person's seat, shown as "on behalf of"."""

    person = models.ForeignKey("core.Person", models.PROTECT, related_name="stood_in_for")
    stand_in = models.ForeignKey("core.Person", models.PROTECT, related_name="stands_in")
    case = models.ForeignKey("core.Case", models.PROTECT, null=True, related_name="+")

    class Meta(DatedFact.Meta):
        abstract = False
        constraints = [
            unbroken("stand_in_ends_after_it_began"),
            models.CheckConstraint(condition=~Q(person=F("stand_in")), name="never_for_oneself"),
            without_overlap("one_stand_in_at_a_time", "person_id"),
        ]

    def __str__(self):
        return f"{self.stand_in} for {self.person}"


def seats(person, at=None) -> dict:
    """{person id: role slugs} at the instant: the person's own seat first, then those of the
    people for whom this person stands in. Standing in does not pass on.
    """
    at = at or clock.now()
    known = person.__dict__.setdefault("_seats", {})  # this copy of the person, that instant
    if at not in known:
        found = {person.pk: frozenset()}
        for seat, role in written.told(_seated, at=at, person=person.pk):
            found[seat] = found.get(seat, frozenset()) | {role}
        known.clear()
        known[at] = found
    return known[at]


def _seated(at, person):
    absent = StandIn.objects.at(at).filter(stand_in=person).values("person")
    rows = RoleMembership.objects.at(at).filter(Q(person=person) | Q(person__in=absent))
    return rows.order_by("pk").values_list("person_id", "role")


def held(person, at=None) -> frozenset:
    """The role slugs the person acts under at the instant (default: now), stand-ins included."""
    return frozenset().union(*seats(person, at).values())


def own(person, at=None) -> frozenset:
    """The role slugs the person holds in their own name."""
    return seats(person, at)[person.pk]


def holders(role: str, at=None):
    """The people who hold the role at the instant."""
    rows = RoleMembership.objects.at(at or clock.now()).filter(role=role)
    person = RoleMembership.person.field.related_model
    return person.objects.filter(pk__in=rows.values("person")).order_by("name")


def label(role: str) -> str:
    """The role in words; roles joined by comma are each translated."""
    return ", ".join(str(WAITS_FOR.get(part, part)) for part in role.split(",") if part)
