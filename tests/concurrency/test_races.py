"""Two people in one second: of many who decide at once exactly one wins, the others are told.

Real threads with real connections on real tables; every thread sees the same moved clock.
"""

from __future__ import annotations

import uuid
from copy import deepcopy
from functools import partial

import pytest

from fsesys.core.cases import ProcessEvent
from fsesys.core.people import Person
from fsesys.core.refusal import AlreadyDone, Refused, Stale
from institutions.authorisation import signing
from institutions.authorisation.models import AuthorisationCase, Vote
from institutions.records import AuthorisationPeriod, Institution
from tests.crowd import judge
from tests.office import TODAY, Call, at, stated

ROADS = [  # where the case begins, and the decisions that are raced one after the other
    ("received", ["start_evaluation", "ask", "answer", "recommend", "draft_agreement", "submit",
                  "approve", "register_our_signature", "send", "register_counter_signature",
                  "register_institution"]),
    ("submitted", ["return", "advise_against", "submit", "reject"]),
    ("under_evaluation", ["ask", "continue_without_answer", "ask", "lapse"]),
    ("awaiting_applicant", ["answer", "remind"]),
    ("sent", ["lapse"]), ("approved", ["withdraw"]), ("received", ["close_as_duplicate"]),
]  # fmt: skip
PAIRS = [("approve", "withdraw", "submitted"), ("approve", "return", "submitted"),
         ("register_counter_signature", "withdraw", "sent")]  # fmt: skip
LOADS = [pytest.param(20, 3, id="20x3"), pytest.param(50, 100, id="50x100", marks=pytest.mark.soak)]
pytestmark = pytest.mark.django_db(transaction=True)


def acts_on(walked, verb, count, **door):
    """The same call, made ready once; each thread has its own case object, as each page has."""
    call = Call(walked, verb)
    return [partial(call.event, case=deepcopy(call.case), **door) for _n in range(count)]


@pytest.mark.parametrize("threads, rounds", LOADS)
@pytest.mark.parametrize("state, verbs", ROADS, ids=lambda value: value[-1])
def test_one_wins(state, verbs, threads, rounds, walk_to, together):
    walk_to("received")
    for n in range(rounds):
        walked = walk_to(state)
        for verb in verbs:
            race(together, walked, verb, threads, as_page=n == 1)


def race(together, walked, verb, threads, as_page):
    """Many do the same verb: one effect. As a page they name the revision seen, else not."""
    acts = acts_on(walked, verb, threads)
    revision = acts[0].keywords["case"].revision
    if as_page:
        acts = [partial(act, seen=revision) for act in acts]
    winner, case = judge(together(acts)), walked.case()
    assert (winner.verb, case.state) == (verb, winner.to_state)
    assert case.revision == winner.revision == revision + 1
    votes = Vote.objects.filter(case=case, event=winner).count()
    assert votes == (verb in ("approve", "return", "reject"))


@pytest.mark.parametrize("threads, rounds", LOADS)
@pytest.mark.parametrize("one, other, state", PAIRS)
def test_never_both(one, other, state, threads, rounds, walk_to, together):
    for _n in range(rounds):
        walked = walk_to(state)
        last = walked.case().revision
        acts = [
            act
            for pair in zip(acts_on(walked, one, threads // 2, seen=last),
                            acts_on(walked, other, threads // 2, seen=last), strict=True)
            for act in pair
        ]  # fmt: skip
        winner = judge(together(acts))
        assert winner.verb in (one, other)
        assert [e.verb for e in walked.case().events.filter(revision__gt=last)] == [winner.verb]


@pytest.mark.parametrize("threads, rounds", LOADS)
@pytest.mark.parametrize("verb, state", [("approve", "submitted"),
                                         ("file_document", "received")])  # fmt: skip
def test_one_key_has_one_effect(verb, state, threads, rounds, walk_to, together):
    for _n in range(rounds):
        walked = walk_to(state)
        results = together(acts_on(walked, verb, threads, key=str(uuid.uuid4())))
        winner = judge(results)
        assert sum(isinstance(r, AlreadyDone) for r in results) == threads - 1
        assert walked.case().events.filter(verb=verb).count() == 1
        assert walked.case().documents.filter(event=winner).count() == (verb == "file_document")


@pytest.mark.parametrize("threads, rounds", LOADS)
def test_one_key_registers_one_application(threads, rounds, staff, together):
    for n in range(rounds):
        key = uuid.uuid4()
        before = AuthorisationCase.objects.count(), Institution.objects.count()
        with at(TODAY):
            results = together([
                partial(signing.register_application, by=staff["secretary"], key=key, **stated(n))
                for _t in range(threads)
            ])  # fmt: skip
        winner = judge(results)
        assert winner.revision == 1
        assert sum(isinstance(r, AlreadyDone) for r in results) == threads - 1
        after = AuthorisationCase.objects.count(), Institution.objects.count()
        assert after == (before[0] + 1, before[1] + 1)
        assert Person.objects.filter(mail=stated(n)["head"]["mail"]).count() == 1


def test_one_institution_applies_anew_once(walk_to, staff, together):
    """Twenty different forms for one institution on record: one open case, and no crash."""
    institution = walk_to("withdrawn").case().institution
    with at(TODAY):
        results = together([
            partial(signing.register_application, by=staff["secretary"], again=institution,
                    **stated(0))
            for _t in range(20)
        ])  # fmt: skip
    events = [r for r in results if isinstance(r, ProcessEvent)]
    assert len(events) == 1
    number = events[0].case.number
    for lost in results:
        if lost is not events[0]:
            assert isinstance(lost, Refused) and number in str(lost), repr(lost)
    assert institution.authorisation_cases.filter(closed_at=None).count() == 1


@pytest.mark.parametrize("count, rounds", [
    pytest.param(4, 1, id="4x1"), pytest.param(20, 10, id="20x10", marks=pytest.mark.soak),
])  # fmt: skip
def test_authorisation_numbers_without_gap_or_double(count, rounds, walk_to, together):
    for _n in range(rounds):
        walks = [walk_to("signed_by_both") for _w in range(count)]
        results = together([Call(walked, "register_institution") for walked in walks])
        assert all(isinstance(r, ProcessEvent) for r in results), results
    given = sorted(
        Institution.objects.exclude(authorisation_number=None).values_list(
            "authorisation_number", flat=True)
    )  # fmt: skip
    assert given == list(range(given[0], given[0] + count * rounds))
    assert AuthorisationPeriod.objects.known().count() == count * rounds


def test_two_last_answers_at_once_end_the_waiting(walk_to, together):
    """Two open questions answered in the same second: neither takes the other for still open."""
    for _n in range(3):
        walked = walk_to("awaiting_applicant")
        call = Call(walked, "answer")
        acts = [
            partial(call, case=walked.case(), question=pk)
            for pk in walked.case().questions.values_list("pk", flat=True)
        ]
        results = together(acts)
        assert all(isinstance(r, ProcessEvent) for r in results), results
        assert walked.case().state == "under_evaluation"


def test_a_stale_page_is_told_and_a_note_makes_no_page_stale(walk_to):
    walked = walk_to("submitted")
    seen = walked.case().revision
    Call(walked, "note")()
    Call(walked, "approve")(seen=seen)
    with pytest.raises(Stale) as error:
        Call(walked, "withdraw")(seen=seen)
    assert walked.staff["chief"].person.name in str(error.value)
    assert [event.verb for event in error.value.events] == ["approve"]
