"""Many successions in one second: four institutions in a ring never close the circle."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from fsesys.core import correcting, undoing
from fsesys.core.cases import ProcessEvent
from fsesys.core.refusal import Refused
from institutions.records import Institution, Succession
from institutions.succession import actions
from institutions.succession.models import SuccessionCase
from tests.office import at

pytestmark = pytest.mark.django_db(transaction=True)
PLACES, THREADS, ROUNDS = 4, 20, 3


def register(staff, place, successor, day):
    return actions.register_successor(
        place, by=staff["secretary"], successor=successor, from_on=day,
        reason="The department was merged.",
    )  # fmt: skip


def test_twenty_at_once_close_no_circle(walk_to, together, staff, waiting):
    walks = [walk_to("authorised") for _n in range(PLACES)]
    day = max(walked.day for walked in walks) + dt.timedelta(days=7)
    ring = [Institution.objects.select_related("parent").get(pk=walked.case().institution_id)
            for walked in walks]  # fmt: skip

    def follow(n):
        with at(day), translation.override("en"):
            return register(staff, ring[n % PLACES], ring[(n + 1) % PLACES], day)

    for _round in range(ROUNDS):
        results = together([lambda n=n: follow(n) for n in range(THREADS)])
        won = [result for result in results if isinstance(result, ProcessEvent)]
        assert len(won) == PLACES - 1, results  # the last one would close the circle
        assert all(isinstance(r, Refused) for r in results if r not in won), results
        with at(day):
            for event in won:
                undoing.undo(SuccessionCase.objects.get(pk=event.case_id), by=staff["secretary"])
        assert not Succession.objects.known().exists()


def test_a_correction_and_a_new_succession_do_not_wait_for_each_other(
    walk_to, together, staff, waiting
):
    walks = [walk_to("authorised") for _n in range(4)]
    day = max(walked.day for walked in walks) + dt.timedelta(days=7)
    first, second, third, fourth = (
        Institution.objects.select_related("parent").get(pk=walked.case().institution_id)
        for walked in walks
    )
    with at(day):
        case = register(staff, first, second, day).case

    def act(n):
        with at(day), translation.override("en"):
            if n % 2:
                return correcting.correct(
                    SuccessionCase.objects.get(pk=case.pk), by=staff["secretary"],
                    what="successor", value=third, reason="Misread.",
                )  # fmt: skip
            return register(staff, fourth, first, day)

    for result in together([lambda n=n: act(n) for n in range(THREADS)]):
        assert isinstance(result, ProcessEvent | Refused), result
