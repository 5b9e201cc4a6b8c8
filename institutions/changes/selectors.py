"""Reads of changes of facts: what held on a day, and what the rules test."""

import copy
import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from fsesys.core import clock, written
from fsesys.core.finding import among
from fsesys.core.rules import when

from ..records import AuthorisationPeriod, Institution, InstitutionFacts, RoleHolding

COLUMNS = ("name_da", "name_en", "parent_id", "address", "invoice_address", "ean", "web",
           "mail_domains", "language", "schemes")  # fmt: skip
NAME = ("name_da", "name_en", "parent__name")


@dataclass(frozen=True)
class Facts:
    """latest: id of the row of facts recorded last; latest_by, latest_at: by whom and when."""

    today: dt.date
    authorised_since: dt.date | None
    responsible: int | None
    opened_on: dt.date | None
    latest: int
    latest_by: str
    latest_at: str


def facts(case, at) -> Facts:
    period = AuthorisationPeriod.objects.at(at).filter(institution=case.institution_id).first()
    held = RoleHolding.objects.at(at).filter(institution=case.institution_id, role="responsible")
    last = latest(case.institution_id)
    return Facts(
        today=clock.day_of(at), authorised_since=period and clock.day_of(period.from_at),
        responsible=held.values_list("person_id", flat=True).first(),
        opened_on=case.opened_at and clock.day_of(case.opened_at), latest=last.pk if last else 0,
        latest_by=last.recorded_by.name if last else "",
        latest_at=when(last.recorded_at) if last else "",
    )  # fmt: skip


def held_at(institution, at):
    """The facts that held at the instant: a dated row, or the record where nothing ever changed
    (or that is not yet on record: a letter looked at while it is typed)."""
    if institution.pk is None:
        return institution
    known = InstitutionFacts.objects.known().filter(institution=institution)
    rows = list(known.select_related("parent").order_by("from_at"))
    return _in_force(rows, at, institution)


def called(pks, at, known) -> dict:
    """{id: name} of the institutions at the instant, as it was known at another, in two statements."""
    told, pks = {}, sorted(pks)
    if not pks:
        return told
    for row in written.records(_told, pks=pks, known=known or clock.now()):
        told.setdefault(row.institution_id, []).append(row)
    records = written.records(_records, pks=pks)
    return {one.pk: _in_force(told.get(one.pk, ()), at, one).name for one in records}


def _told(pks, known):
    rows = InstitutionFacts.objects.known(known).filter(among(pks, "institution_id"))
    rows = rows.select_related("parent").only("institution_id", "from_at", *NAME)
    return rows.order_by("from_at")


def _records(pks):
    return Institution.objects.filter(among(pks)).select_related("parent").only(*NAME)


def _in_force(rows, at, institution):
    begun = [row for row in rows if row.from_at <= at]
    return begun[-1] if begun else rows[0] if rows else institution


def latest(institution_id):
    """The row of facts that was recorded last, or None."""
    known = InstitutionFacts.objects.known().filter(institution=institution_id)
    return known.select_related("recorded_by").order_by("pk").last()


def seen(institution, shown, at):
    """The facts of the instant as a person saw them when the row `shown` was recorded last."""
    rows = InstitutionFacts.objects.filter(institution=institution.pk).select_related("parent")
    last = rows.filter(pk=shown).first()
    if last is None:  # nothing had ever changed: what the first change took over
        return rows.order_by("pk").first() or institution
    stood = Q(retracting_event=None) | Q(retracting_event__gt=last.event_id or 0)
    return _in_force(list(rows.filter(stood, pk__lte=shown).order_by("from_at")), at, institution)


def as_of(institution, at):
    """A copy of the institution with the facts that hold at the instant, for rules and letters."""
    if institution.__dict__.get("held_at") == at:
        return institution
    then = copy.copy(institution)
    then.held_at = at
    held = held_at(institution, at)
    for name, value in values(held).items():
        setattr(then, name, value)
    then.parent = held.parent
    return then


def values(row) -> dict:
    """The columns of a row of facts, or of the record."""
    return {name: getattr(row, name) for name in COLUMNS}
