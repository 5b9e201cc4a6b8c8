"""What a case is: the case, its events, and the table of edges that the database looks up.

Each process's case inherits from Case (multi-table). Nothing here saves a state: that is the
door's work alone (door.py).
"""

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from . import guards, written
from .machine import fsm_methods
from .names import searchable

HUNG_ON = "hung_on"  # in the facts of a note: what the case hangs on ends (dependants.py)


class Edge(models.Model):
    """One row per edge of every machine; written by migrations, read by the triggers."""

    process = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    verb = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["process", "from_state", "to_state", "verb"], name="edge_once"
            )
        ]

    def __str__(self):
        return f"{self.process}: {self.from_state or '-'} -> {self.to_state} ({self.verb})"


class Case(models.Model):
    """A running or closed case of one process. `machine` is set by each process's case."""

    machine = None
    related = ()  # what the verbs read beside the case itself, joined when the door re-reads it
    addressee = None  # the person to whom its letters go, where a process has but one

    number = models.CharField(_("case number"), max_length=20, unique=True)
    process = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=60, db_index=True)
    subject_label = models.CharField(_("subject"), max_length=300)
    search = models.CharField(max_length=700, blank=True, editable=False)
    words = searchable()
    state = FSMField(_("state"), max_length=40)
    state_since = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    turn = models.CharField(max_length=20, blank=True)
    responsible = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="cases", verbose_name=_("responsible")
    )
    due_on = models.DateField(_("due date"), null=True, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=20, default="application")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["process", "subject_key"],
                condition=Q(closed_at__isnull=True),
                name="one_open_case_per_process_and_subject",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=models.F("opened_at")),
                name="case_closes_after_it_opened",
            ),
        ]
        indexes = [
            GinIndex(fields=["words"], name="case_words"),
            models.Index(
                fields=["process", "due_on", "id"],
                condition=Q(closed_at=None),
                name="case_worklist",
            ),
            models.Index(
                fields=["turn", "due_on", "id"], condition=Q(closed_at=None), name="case_turn"
            ),
            models.Index(fields=["process", "state", "id"], name="case_state"),
            models.Index(fields=["due_on", "id"], condition=Q(closed_at=None), name="case_urgent"),
            models.Index(fields=["process", "due_on", "-number"], name="case_due"),
            models.Index(fields=["process", "subject_label", "due_on", "-number"],
                         name="case_subject"),
            models.Index(
                fields=["responsible", "id"], condition=Q(closed_at=None), name="case_responsible"
            ),
        ]  # fmt: skip
        triggers = [guards.edges, guards.evented, guards.no_delete()]

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if cls.__dict__.get("machine"):
            for name, method in fsm_methods(cls.machine).items():
                setattr(cls, name, method)

    def __str__(self):
        return f"{self.number} {self.subject_label}"

    @cached_property
    def story(self):
        """Every event of the case in order, loaded once per copy of the case."""
        found = written.records(_story, case=self.pk)
        for event in found:
            event.case = self
        return found

    @cached_property
    def asked(self):
        """Every question of the case, loaded once per copy of the case."""
        return list(self.questions.select_related("closed_event__by", "asked_by"))

    @property
    def state_now(self):
        return self.machine.state(self.state)


class ProcessEvent(models.Model):
    """One act on a case: who, in which role held that day, which verb, why, on what basis.

    Holds ids, no names of outside people, in `facts` and `basis` (design.md section 3).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    revision = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    role = models.CharField(max_length=60)
    on_behalf_of = models.ForeignKey("core.Person", models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey("core.Person", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    basis = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    quiet = models.BooleanField(default=False)
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="undone_by")
    key = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        ordering = ["case", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["case", "revision"], name="one_event_per_revision"),
            models.UniqueConstraint(
                fields=["undoes"], condition=Q(undoes__isnull=False), name="undone_once"
            ),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True) | ~Q(proposed_by=models.F("by")),
                name="two_people_are_two",
            ),
        ]
        indexes = [
            models.Index(
                fields=["case", "revision"], condition=Q(facts__has_key=HUNG_ON), name="event_hung"
            )
        ]
        triggers = [guards.append_only(), guards.event_fits]

    def __str__(self):
        return f"{self.case_id} {self.revision}: {self.verb}"


def _story(case):
    rows = ProcessEvent.objects.filter(case=case).order_by("revision")
    return rows.select_related("by", "on_behalf_of", "proposed_by")


class ThisTransaction(Func):
    template = "pg_current_xact_id()::text"
    output_field = models.CharField()


class ImportUpload(models.Model):
    """A register as it was uploaded and previewed. It can be brought in once."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField(max_length=40)
    name = models.CharField(_("file"), max_length=255)
    file = models.ForeignKey("core.File", models.PROTECT, related_name="+")
    by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [guards.append_only()]

    def __str__(self):
        return self.name


class ImportBatch(models.Model):
    """Lets imported records begin in any state, in its own transaction only.

    `rows` of the file were brought in, `left_out` were wrong and not.
    """

    by = models.ForeignKey(
        "core.Person", models.PROTECT, related_name="+", verbose_name=_("brought in by")
    )
    reason = models.CharField(_("reason"), max_length=300)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(_("brought in"))
    upload = models.OneToOneField(
        ImportUpload, models.PROTECT, null=True, related_name="batch", verbose_name=_("file")
    )
    rows = models.PositiveIntegerField(_("rows imported"), default=0)
    left_out = models.PositiveIntegerField(_("rows left out"), default=0)
    transaction = models.CharField(max_length=30, db_default=ThisTransaction(), db_index=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        triggers = [guards.stamped, guards.append_only()]

    def __str__(self):
        return f"{self.at:%Y-%m-%d} {self.reason}"
