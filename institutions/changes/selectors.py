"""Reads of changes of facts: what held on a day, and what the rules test."""

import datetime as dt
from dataclasses import dataclass

from fsesys.core import clock

from ..records import AuthorisationPeriod, InstitutionFacts, RoleHolding

COLUMNS = ("name_da", "name_en", "parent_id", "address", "invoice_address", "ean", "web",
           "mail_domains", "language", "schemes")  # fmt: skip


@dataclass(frozen=True)
class Facts:
    today: dt.date
    authorised_since: dt.date | None
    responsible: int | None
    opened_on: dt.date | None


def facts(case, at) -> Facts:
    period = AuthorisationPeriod.objects.at(at).filter(institution=case.institution_id).first()
    held = RoleHolding.objects.at(at).filter(institution=case.institution_id, role="responsible")
    return Facts(
        today=clock.day_of(at), authorised_since=period and clock.day_of(period.from_at),
        responsible=held.values_list("person_id", flat=True).first(),
        opened_on=case.opened_at and clock.day_of(case.opened_at),
    )  # fmt: skip


def held_at(institution, at):
    """The facts that held at the instant: a dated row, or the record where nothing ever changed."""
    known = InstitutionFacts.objects.known().filter(institution=institution)
    rows = list(known.select_related("parent").order_by("from_at"))
    begun = [row for row in rows if row.from_at <= at]
    return begun[-1] if begun else rows[0] if rows else institution


def values(row) -> dict:
    """The columns of a row of facts, or of the record."""
    return {name: getattr(row, name) for name in COLUMNS}
