"""Links confirmed in one second close no circle, make no chain, and are made once."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import translation

from fsesys.core import clock, pending
from fsesys.core.cases import ProcessEvent
from fsesys.core.pending import PendingDecision
from fsesys.core.people import Person
from fsesys.core.refusal import AlreadyDone, Refused
from researchers.records import Researcher
from researchers.same_person import actions
from researchers.same_person.models import SamePersonCase
from tests.accesses import Office
from tests.dated import START

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, THREADS = 4, 6


@pytest.fixture
def office(staff):
    with clock.moved(START), translation.override("en"):
        office = Office()
        office.staff = staff
        yield office


def proposal(office, closed, stays):
    researcher = Researcher.objects.select_related("person").get(person=office.people[closed])
    event = actions.name_record(
        researcher, by=office.staff["secretary"], stays=office.person(stays), reason="x"
    )
    rows = PendingDecision.objects.select_related("event", "account__person")
    return rows.get(case=event.case_id)


def judged(results):
    won = [result for result in results if isinstance(result, ProcessEvent)]
    lost = [result for result in results if not isinstance(result, ProcessEvent)]
    assert all(isinstance(result, Refused | AlreadyDone) for result in lost), lost
    return won


def test_three_records_in_a_ring_close_no_circle_and_make_no_chain(office, together):
    head, secretary = office.staff["head"], office.staff["secretary"]
    for _round in range(ROUNDS):
        ring = [proposal(office, n, (n + 1) % 3) for n in range(3)]
        won = judged(together([partial(pending.confirm, one, by=head) for one in ring]))
        assert len(won) == 1  # every second link would make a chain
        linked = Person.objects.filter(same_as__isnull=False).get()
        assert linked.same_as.same_as_id is None
        assert Researcher.objects.get(ident_closed_at__isnull=False).person == linked
        Person.objects.filter(pk=linked.pk).update(same_as=None)
        Researcher.objects.update(ident_closed_at=None)
        for left in PendingDecision.objects.filter(outcome=""):
            pending.decline(left, by=head, reason="Next round.")
            case = SamePersonCase.objects.get(pk=left.case_id)
            actions.withdraw(case, by=secretary, reason="Next round.")


def test_one_link_is_confirmed_once(office, together):
    waiting, head = proposal(office, 1, 0), office.staff["head"]
    won = judged(together([partial(pending.confirm, waiting, by=head) for _n in range(THREADS)]))
    assert len(won) == 1
    assert Person.objects.get(pk=office.people[1]).same_as_id == office.people[0]
    assert SamePersonCase.objects.get().events.filter(verb="link_records").count() == 1
