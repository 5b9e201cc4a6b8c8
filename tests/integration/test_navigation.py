"""The count beside "My work": as many as the page lists, asked anew when anything happened."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fsesys.core import clock, pending, roles
from fsesys.core.pending import PendingDecision
from fsesys.core.people import Person
from fsesys.desk import work

pytestmark = pytest.mark.django_db


def counted(client, path) -> set:
    """What stands beside "My work", in the rail and in the narrow menu."""
    page = client.get(path).content.decode()
    return set(re.findall(r'class="nav-count">([^<]*)<', page))


def test_the_count_is_what_the_page_lists(client, staff, case_in):
    for state in ("received", "under_evaluation", "recommended", "submitted"):
        case = case_in(state)
    for username, many in (("responsible", 2), ("secretary", 1), ("chief", 1), ("auditor", 0)):
        client.force_login(staff[username])
        person = staff[username].person
        assert len(work.tasks(person, roles.held(person))) == many
        for path in ("/", "/authorisations/", f"/authorisations/{case.number}/"):
            assert counted(client, path) == ({str(many)} if many else set()), (username, path)


def test_a_proposal_is_counted_for_those_who_may_confirm_it(staff, case_in):
    case = case_in("approved")
    by = staff["dst-secretary"]
    event = pending.perform(case, "propose", by=by, facts={"verb": "register_our_signature"})
    one = PendingDecision.objects.create(
        case=case, verb="register_our_signature", event=event, by=by.person, account=by,
        revision=event.revision,
    )  # fmt: skip
    for username, user in staff.items():
        person, held = user.person, roles.held(user.person)
        move = case.machine.move(one.verb)
        may = set(move.confirmers or move.roles) & held and person.pk != one.by_id
        assert pending.waiting_for(person, held) == ([one] if may else []), username
        assert work.count_in_words(person, held) == str(len(work.tasks(person, held)) or "")


def spent(person, held) -> tuple:
    """What the count says, and how many statements it cost."""
    with CaptureQueriesContext(connection) as captured:
        words = work.count_in_words(person, held)
    return words, len(captured)


def test_the_count_costs_one_statement_while_nothing_happens(staff, case_in, monkeypatch):
    for _n in range(3):
        case_in("received")
    person = staff["responsible"].person
    held = roles.held(person, clock.now())
    with clock.request_time():
        roles.held(person)
        assert [spent(person, held) for _n in range(2)] == [("3", 2), ("3", 1)]
    case_in("received")
    assert spent(person, held)[0] == "4"
    monkeypatch.setattr(work, "LIMIT", 2)
    monkeypatch.setattr(work, "_counted", {})
    assert spent(person, held)[0] == "2+"


@pytest.mark.django_db(transaction=True)
def test_what_another_wrote_is_counted(staff):
    """Without an event of ours: the snapshot of another's transaction is enough."""
    person = staff["responsible"].person
    held = roles.held(person, clock.now())
    with clock.request_time():
        asked = [spent(person, held)[1] for _n in range(3)]
        with ThreadPoolExecutor(1) as other:
            other.submit(write_elsewhere, person.pk).result()
        asked.append(spent(person, held)[1])
    assert asked[1:3] == [1, 1] and asked[3] > 1


def write_elsewhere(pk):
    Person.objects.filter(pk=pk).update(phone="12345678")
    connection.close()
