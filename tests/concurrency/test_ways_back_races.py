"""Ways back, corrections and decisions by two, in one second: one wins, the others are told."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from fsesys.core import clock, correcting, jobs, pending, undoing
from fsesys.core.cases import ProcessEvent
from fsesys.core.documents import Notice
from fsesys.core.pending import PendingDecision
from fsesys.core.people import User
from fsesys.core.refusal import AlreadyDone, Refused
from institutions.authorisation.models import AuthorisationCase
from tests.concurrency.test_races import acts_on
from tests.crowd import judge
from tests.integration.test_matrix_calls import everybody  # noqa: F401
from tests.integration.test_two_people import propose, second  # noqa: F401
from tests.office import Call

THREADS, ROUNDS = 20, 3
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("state, verb", [
    ("submitted", "take_back"), ("sent", "redraft"), ("rejected", "reopen"),
    ("under_evaluation", "correct"),
])  # fmt: skip
def test_one_wins(state, verb, walk_to, together):
    for _n in range(ROUNDS):
        walked = walk_to(state)
        seen = walked.case().revision
        winner = judge(together(acts_on(walked, verb, THREADS, seen=seen)))
        assert winner.verb == verb and walked.case().revision == seen + 1


@pytest.mark.parametrize("one, other, state", [
    ("take_back", "approve", "submitted"), ("redraft", "register_counter_signature", "sent"),
])  # fmt: skip
def test_never_both(one, other, state, walk_to, together):
    for _n in range(ROUNDS):
        walked = walk_to(state)
        seen = walked.case().revision
        acts = acts_on(walked, one, THREADS // 2, seen=seen)
        acts += acts_on(walked, other, THREADS // 2, seen=seen)
        winner = judge(together(acts))
        assert [e.verb for e in walked.case().events.filter(revision__gt=seen)] == [winner.verb]


def test_one_proposal_is_settled_once(walk_to, staff, second, together):  # noqa: F811
    for n in range(ROUNDS):
        walked = walk_to("sent")
        propose(walked, staff)
        proposal = PendingDecision.objects.get(outcome="")
        acts = [partial(pending.confirm, proposal, by=second) for _t in range(THREADS // 2)]
        acts += [
            partial(pending.decline, proposal, by=second, reason="No.")
            for _t in range(THREADS // 2)
        ]
        with walked.now():
            results = together(acts if n else acts[::-1])
        winners = [r for r in results if isinstance(r, ProcessEvent)]
        assert len(winners) == 1
        assert all(isinstance(r, AlreadyDone) for r in results if r is not winners[0]), results
        state = walked.case().state
        assert state == ("sent" if winners[0].verb == "decline" else "signed_by_both")


def test_undone_once_and_never_after_somebody_went_on(walk_to, waiting, together):
    for _n in range(ROUNDS):
        walked = walk_to("received")
        event = Call(walked, "start_evaluation")()
        user = User.objects.get(username="responsible")
        with clock.moved(event.at + dt.timedelta(minutes=1)):
            case = walked.case()
            undo = [partial(undoing.undo, case, by=user) for _t in range(THREADS // 2)]
            results = together(undo)
        assert sum(isinstance(r, ProcessEvent) for r in results) == 1
        assert all(isinstance(r, ProcessEvent | Refused) for r in results), results
        assert walked.case().state == "received"


def test_a_mail_leaves_or_its_step_is_undone_never_both(walk_to, waiting, mailoutbox, together):
    for _n in range(ROUNDS):
        walked = walk_to("under_evaluation")
        event = Call(walked, "ask")()
        notice = Notice.objects.get(event=event)
        user = User.objects.get(username="responsible")
        before = len(mailoutbox)
        with clock.moved(event.at + dt.timedelta(minutes=1)):
            results = together([
                partial(jobs.send, notice.pk), partial(undoing.undo, walked.case(), by=user),
            ])  # fmt: skip
        notice.refresh_from_db()
        undone = isinstance(results[1], ProcessEvent)
        assert undone == (notice.sent_at is None) == (len(mailoutbox) == before)
        assert undone == (notice.recalled_at is not None), results


def test_name_and_mail_of_one_person_are_put_right_on_two_cases_at_once(walk_to, staff, together):
    for n in range(ROUNDS):
        cases = [walk_to("under_evaluation").case() for _which in range(2)]
        head = cases[0].head
        AuthorisationCase.objects.filter(pk=cases[1].pk).update(head=head)
        right = {"head_name": f"Anne Rettet {n}", "head_mail": f"rettet{n}@au.dk"}
        done = together([
            partial(correcting.correct, case, by=staff["responsible"], what=what, value=value,
                    reason="Mistyped.")
            for case, (what, value) in zip(cases, right.items(), strict=True)
        ])  # fmt: skip
        assert [event.verb for event in done] == ["correct"] * 2
        head.refresh_from_db()
        assert [head.name, head.mail] == list(right.values())
