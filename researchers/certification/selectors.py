"""Reads of results: what the rules test, and whose pass runs out."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from fsesys.core import clock
from fsesys.core.parameters import parameters
from fsesys.core.people import Person

from ..records import Association, CertificationPass, Researcher
from ..standing import until
from .models import CertificationCase


@dataclass(frozen=True)
class Facts:
    """closed: the ident of the record, if it is closed: results go to the record that stays.
    birth_year: None where nobody told it."""

    today: dt.date
    questions: int
    tries: int
    closed: str
    birth_year: int | None


def facts(case, at) -> Facts:
    today = clock.day_of(at)
    known = parameters(today)
    one = Researcher.objects.get(person=case.person_id)
    return Facts(
        today, known["certification_questions"], known["certification_tries"],
        one.ident if one.ident_closed_at else "", one.birth_year,
    )  # fmt: skip


def hold_results(alone=False):
    """Results on record stay so for us until this transaction ends; an import waits for all."""
    kind = "" if alone else "_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(hashtext('test_results'))")


def hold_human(person):
    """Every record of the human being, in one order for everybody: tries count across them."""
    rows = Person.objects.filter(pk__in=person.human()).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def tried(people, day) -> int:
    """How many results of that human on that day are on record."""
    return results().filter(person__in=people, taken_on=day).count()


def results():
    """Every result of the test that still stands."""
    return CertificationCase.objects.filter(state__in=("passed", "failed"))


def passed(people, day) -> bool:
    return CertificationPass.objects.known().filter(person__in=people, passed_on=day).exists()


def running_out(today) -> list:
    """(case, how many reminders are due by now) of passes that run out and were not renewed."""
    known, months = parameters(today), parameters(today)["certification_months"]
    first, last = known["certification_reminder_first"], known["certification_reminder_last"]
    mine = {"human": OuterRef("human")}
    human = Coalesce("person__same_as", "person")
    later = (
        CertificationPass.objects.known()
        .annotate(human=human)
        .filter(passed_on__gt=OuterRef("taken_on"), **mine)
    )
    at_work = Association.objects.at(clock.now()).annotate(human=human).filter(**mine)
    rows = CertificationCase.objects.annotate(human=human).filter(
        Q(reminded__lt=2), Exists(at_work), ~Exists(later), state="passed",
        taken_on__gte=today - dt.timedelta(days=31 * months + first),
    )  # fmt: skip
    found = []
    for case in rows.select_related("person__researcher", "responsible").order_by("pk"):
        left = (until(case.taken_on, months) - today).days
        due = (left <= first) + (left <= last)
        if left >= 0 and due > case.reminded:
            found.append((case, due))
    return found
