"""The count beside "My work": as many as the page lists, in one statement, at no other's cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fsesys.core import clock, pending, roles
from fsesys.core.pending import PendingDecision
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
        may = one.confirmers(move, case.state) & held and person.pk != one.by_id
        assert pending.waiting_for(person, held) == ([one] if may else []), username
        assert work.count_in_words(person, held) == str(len(work.tasks(person, held)) or "")


def test_the_count_costs_one_statement_and_stops_at_the_limit(staff, case_in, monkeypatch):
    for _n in range(3):
        case_in("received")
    person = staff["responsible"].person
    held = roles.held(person, clock.now())
    with clock.request_time():
        roles.held(person)
        with CaptureQueriesContext(connection) as captured:
            assert work.count_in_words(person, held) == "3"
    assert len(captured) == 1
    monkeypatch.setattr(work, "LIMIT", 2)
    assert work.count_in_words(person, held) == "2+"
