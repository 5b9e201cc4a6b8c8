"""Holds and the end of an authorisation in one second: one decision stands, the dates agree with it.

Real threads on real tables; each round begins from an authorised institution.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from fsesys.core import clock, dependants, parameters, undoing
from fsesys.core.cases import ProcessEvent
from fsesys.core.refusal import AlreadyDone, Refused
from institutions.hold import actions as holds
from institutions.hold.models import HoldCase
from institutions.records import AuthorisationPeriod, Institution, InstitutionHold, RoleHolding
from institutions.termination import actions as ends
from institutions.termination.models import TerminationCase
from tests.crowd import judge
from tests.office import at

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, THREADS, DAY = 8, 6, dt.timedelta(days=1)
WHY = {"reason": "Of need."}


@pytest.fixture(autouse=True)
def letters_wait(monkeypatch):
    words = parameters.DEFAULTS["letter_wait_minutes"][1]
    monkeypatch.setitem(parameters.DEFAULTS, "letter_wait_minutes", (10, words))


@pytest.fixture
def days(walk_to):
    """Each round's own day, with the same authorised institution."""
    walked = walk_to("authorised")
    pk = walked.case().institution_id
    return lambda: (
        (Institution.objects.select_related("parent").get(pk=pk), walked.day + n * DAY)
        for n in range(1, ROUNDS + 1)
    )


def placed(institution, staff, **typed):
    typed = typed or {"condition": "Approved"}
    return holds.place_hold(institution, by=staff["head"], cause="Breach", **WHY, **typed).case


def fresh(case):
    return HoldCase.objects.select_related("responsible").get(pk=case.pk)


def one_fact(case):
    return InstitutionHold.objects.known().get(case=case)


def test_lifted_or_prolonged_never_both(days, staff, together):
    for n, (institution, day) in enumerate(days()):
        with at(day):
            case = placed(institution, staff)
            seen = {"by": staff["head"], "seen": case.revision, **WHY}
            lift = [partial(holds.lift_hold, fresh(case), **seen) for _t in range(THREADS // 2)]
            on = {"until_on": day + 9 * DAY, **seen}
            prolong = [partial(holds.prolong, fresh(case), **on) for _t in range(THREADS // 2)]
            winner = judge(together(lift + prolong if n % 2 else prolong + lift))
            assert fresh(case).events.filter(revision__gt=1).get() == winner
            if winner.verb == "prolong":
                assert one_fact(case).to_at == clock.midnight(day + 10 * DAY)
                holds.lift_hold(fresh(case), by=staff["head"], **WHY)
            assert not InstitutionHold.objects.at(clock.now()).exists()


def test_one_hold_of_many_and_the_form_sent_twice_is_told(days, staff, together):
    for institution, day in days():
        with at(day):
            acts = [partial(placed, institution, staff) for _t in range(THREADS)]
            results = together(acts)
            cases = [r for r in results if isinstance(r, HoldCase)]
            assert len(cases) == 1 and InstitutionHold.objects.at(clock.now()).count() == 1
            assert all(isinstance(r, Refused) for r in results if r not in cases), results
            holds.lift_hold(fresh(cases[0]), by=staff["head"], **WHY)


def test_over_or_closed_by_the_job_once(days, staff, together):
    for institution, day in days():
        with at(day):
            case = placed(institution, staff, until_on=day)
        with at(day + DAY):
            acts = [partial(holds.close_hold, fresh(case), by=staff["head"], seen=case.revision)
                    for _t in range(THREADS)]  # fmt: skip
            judge(together(acts))
            assert fresh(case).state == "ended" and one_fact(case).event.verb == "place_hold"


def confirmed(institution):
    keys = [row.key for row in dependants.of(institution.subject_key, clock.now())]
    return {"listed": keys, "confirmed": True}


def test_terminated_or_held_what_was_confirmed_is_what_ended(days, staff, together):
    """Who held first made the list old; who terminated first left nothing to hold."""
    for n, (institution, day) in enumerate(days()):
        with at(day):
            end = partial(ends.terminate, institution, by=staff["chief"], **WHY,
                          **confirmed(institution))  # fmt: skip
            acts = [end, partial(placed, institution, staff)]
            results = together(acts if n % 2 else acts[::-1])
            won = [r for r in results if not isinstance(r, Refused)]
            assert len(won) == 1 and len(results) == 2, results
            running = AuthorisationPeriod.objects.at(clock.now()).count()
            if isinstance(won[0], HoldCase):
                assert running == 1
                holds.lift_hold(fresh(won[0]), by=staff["head"], **WHY)
            else:
                assert running == 0 and not InstitutionHold.objects.at(clock.now()).exists()
                undoing.undo(won[0].case, by=staff["chief"])


def test_terminated_once(days, staff, together):
    for _n, (institution, day) in enumerate(days()):
        with at(day):
            typed = confirmed(institution)
            acts = [partial(ends.terminate, institution, by=staff["chief"], **WHY, **typed)
                    for _t in range(THREADS)]  # fmt: skip
            results = together(acts)
            won = [r for r in results if isinstance(r, ProcessEvent)]
            assert len(won) == 1, results
            assert all(isinstance(r, Refused | AlreadyDone) for r in results if r not in won)
            ended = RoleHolding.objects.known().values_list("to_at", flat=True)
            assert set(ended) == {won[0].at}
            assert AuthorisationPeriod.objects.known().count() == 1
            undoing.undo(TerminationCase.objects.get(pk=won[0].case_id), by=staff["chief"])
            assert AuthorisationPeriod.objects.at(clock.now()).count() == 1
