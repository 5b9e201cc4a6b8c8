"""Dated facts: append-only rows with from and to, recorded when and by whom, and retracted.

Ending and correcting are both retract-and-insert (design.md section 4). Every fact hangs on a
durable record. No rule about what a fact means belongs here.
"""

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from . import guards


def unbroken(name: str):
    """The constraint that a dated fact has its end after its beginning."""
    return models.CheckConstraint(
        condition=Q(to_at__isnull=True) | Q(to_at__gt=F("from_at")), name=name
    )


class FactRows(models.QuerySet):
    def at(self, instant):
        """The facts that held at the instant, as we know them now."""
        return self.as_known(instant, None)

    def known(self, at=None):
        """The facts as they were known at the instant (None: now)."""
        if at is None:
            return self.filter(retracted_at__isnull=True)
        told = Q(retracted_at__isnull=True) | Q(retracted_at__gt=at)
        return self.filter(told, recorded_at__lte=at)

    def as_known(self, instant, known):
        """The facts that held at one instant as they were known at another (None: now)."""
        running = Q(to_at__isnull=True) | Q(to_at__gt=instant)
        return self.known(known).filter(running, from_at__lte=instant)


class DatedFact(models.Model):
    """Half-open [from_at, to_at) in instants. `event` is the decision that began it."""

    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    event = models.ForeignKey("core.ProcessEvent", models.PROTECT, null=True, related_name="+")
    retracted_at = models.DateTimeField(null=True, blank=True)
    retracting_event = models.ForeignKey(
        "core.ProcessEvent", models.PROTECT, null=True, related_name="+"
    )

    objects = FactRows.as_manager()

    class Meta:
        abstract = True
        triggers = [
            guards.write_once("retracted_at", "retracting_event_id", name="retract_only"),
            guards.no_delete(),
        ]


def tables() -> list:
    """Every table of dated facts."""
    return [model for model in apps.get_models() if issubclass(model, DatedFact)]


def replaced_by(event):
    """The number of a case whose act has ended or replaced since what the event wrote, or None."""
    first, *rest = [
        table.objects.filter(event=event, retracting_event__isnull=False)
        .exclude(retracting_event=event)
        .order_by()
        .values_list("retracting_event__case__number")
        for table in tables()
    ]
    return next((number for (number,) in first.union(*rest)[:1]), None)


def replace(fact, *, at, by, event, **changes):
    """Retract the row and put another in its place, in one event. Returns the new row.

    event: the decision; None for what is kept without a case (flags of a register).
    Ending is `replace(fact, ..., to_at=instant)`.
    """
    return _replace([fact], at, by, event, changes)[0]


def end_all(facts, *, at, by, event, to_at):
    """End facts of one table at the instant, in two statements however many they are.

    Those that had not begun by then are only retracted.
    """
    begun = [fact for fact in facts if to_at > fact.from_at]
    _retract([fact for fact in facts if fact not in begun], at, event)
    return _replace(begun, at, by, event, {"to_at": to_at})


def restore(facts, *, at, by, event):
    """Facts of one table that were retracted run on as they were. The new rows."""
    return _insert(facts, at, by, event, {})


def follow(fact, *, at, by, event, **changes):
    """What holds from the instant on, where `fact` was ended: otherwise the same. The new row."""
    return _insert([fact], at, by, event, {"from_at": at} | changes)[0]


def _retract(facts, at, event):
    if facts:
        rows = type(facts[0]).objects.filter(pk__in=[fact.pk for fact in facts])
        rows.update(retracted_at=at, retracting_event=event)


def _replace(facts, at, by, event, changes):
    _retract(facts, at, event)
    return _insert(facts, at, by, event, changes)


def _insert(facts, at, by, event, changes):
    fresh = {"recorded_at": at, "recorded_by_id": by.pk, "event_id": event and event.pk,
             "retracted_at": None, "retracting_event_id": None} | changes  # fmt: skip
    rows = [type(fact)(**(_values(fact) | fresh)) for fact in facts]
    return type(facts[0]).objects.bulk_create(rows) if rows else []


def _values(fact) -> dict:
    return {
        field.attname: getattr(fact, field.attname)
        for field in fact._meta.concrete_fields
        if not field.primary_key
    }
