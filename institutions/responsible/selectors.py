"""Reads of a change of responsible person: the facts that its rules test."""

import datetime as dt
from dataclasses import dataclass

from fsesys.core import clock

from ..records import AuthorisationPeriod, RoleHolding


@dataclass(frozen=True)
class Facts:
    today: dt.date
    authorised: bool
    responsible: str  # name, empty in a gap
    responsible_mail: str
    responsible_since: dt.date | None
    substitutes: frozenset  # their mails
    person: int | None
    person_name: str
    opened_on: dt.date | None


def facts(case, at) -> Facts:
    held = RoleHolding.objects.at(at).filter(institution=case.institution_id)
    rows = list(held.filter(role__in=["responsible", "substitute"]).select_related("person"))
    head = next((row for row in rows if row.role == "responsible"), None)
    periods = AuthorisationPeriod.objects.at(at).filter(institution=case.institution_id)
    return Facts(
        today=clock.day_of(at), authorised=periods.exists(),
        responsible=head.person.name if head else "",
        responsible_mail=head.person.mail if head else "",
        responsible_since=head and clock.day_of(head.from_at),
        substitutes=frozenset(r.person.mail.lower() for r in rows if r.role == "substitute"),
        person=case.person_id, person_name=case.person.name if case.person_id else "",
        opened_on=case.opened_at and clock.day_of(case.opened_at),
    )  # fmt: skip


def gap_since(institution_id, at):
    """The instant since which an authorised institution has no responsible person, or None."""
    rows = RoleHolding.objects.known().filter(institution=institution_id, role="responsible")
    if rows.at(at).exists():
        return None
    ended = rows.filter(to_at__lte=at).order_by("-to_at").values_list("to_at", flat=True).first()
    period = AuthorisationPeriod.objects.at(at).filter(institution=institution_id).first()
    return period and max(filter(None, (ended, period.from_at)))
