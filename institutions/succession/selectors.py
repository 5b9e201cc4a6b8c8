"""Reads of successions: who succeeds whom, and what the rules test."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from fsesys.core import clock

from ..records import Succession


@dataclass(frozen=True)
class Facts:
    today: dt.date
    institution: int
    successor: str
    ever_authorised: bool


def facts(case, at) -> Facts:
    row = Succession.objects.known().filter(institution=case.institution_id)
    found = row.select_related("successor__parent").first()
    return Facts(
        today=clock.day_of(at), institution=case.institution_id,
        successor=found.successor.name if found else "",
        ever_authorised=case.institution.periods.known().filter(from_at__lte=at).exists(),
    )  # fmt: skip


def of(case):
    """The succession that the case wrote, as we know it now, or None."""
    rows = Succession.objects.known().filter(event__case=case.pk)
    return rows.select_related("successor").first()


def hold_line():
    """Nobody else writes a succession until this transaction ends: all stand in one line, and four
    at once in four places must not close a circle. Asked for last, after the institutions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('succession'))")


def authorised(successor, day) -> bool:
    """Whether the successor is authorised when the day begins, of today now."""
    return successor.periods.at(clock.begins(day, clock.read())).exists()


def line(institution) -> set:
    """Ids of everybody who succeeds the institution, one after the other."""
    found, pk = set(), institution.pk
    while pk is not None and pk not in found:
        found.add(pk)
        rows = Succession.objects.known().filter(institution=pk)
        pk = rows.values_list("successor_id", flat=True).first()
    return found - {institution.pk}


def told(institution) -> list:
    """(before, row): successions in which the institution is the former or the successor."""
    rows = Succession.objects.known().select_related("institution__parent", "successor__parent")
    return [
        *((True, row) for row in rows.filter(institution=institution)),
        *((False, row) for row in rows.filter(successor=institution).order_by("from_at")),
    ]
