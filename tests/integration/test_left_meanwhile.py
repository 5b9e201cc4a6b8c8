"""People who left, or may not decide: reopened cases, proposals that wait, administrators."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from fsesys.core import clock, pending, roles, undoing
from fsesys.core.pending import PendingDecision
from fsesys.core.people import User
from fsesys.core.refusal import Refused
from fsesys.core.roles import RESPONSIBLE, RoleMembership
from fsesys.core.staffing import actions
from tests.integration.test_matrix_calls import give
from tests.integration.test_staffing import REASON, TODAY, confirm, propose, record, stand_in  # noqa: F401
from tests.integration.test_two_people import propose as sign_elsewhere
from tests.office import Call

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
LONG_AGO = TODAY.replace(year=2024)


def leave(staff, record, username):  # noqa: F811
    return actions.end_account(record(username), by=staff["administrator"], **REASON)


def test_a_reopened_case_goes_to_somebody_who_is_here(walk_to, staff, record):  # noqa: F811
    walked = walk_to("rejected")
    assert walked.case().responsible == staff["responsible"].person
    give(staff["officer"], RESPONSIBLE, LONG_AGO)
    Call(walked, "reopen")()
    assert walked.case().responsible == staff["responsible"].person
    walked.day = TODAY + dt.timedelta(days=7)
    Call(walked, "withdraw")()
    with walked.now():
        leave(staff, record, "responsible")
    Call(walked, "reopen")(by=staff["officer"])
    assert walked.case().responsible == staff["officer"].person
    client = Client()
    client.force_login(staff["officer"])
    with walked.now():
        assert walked.number in client.get("/").content.decode()


def test_an_undo_that_opens_a_case_finds_somebody_too(walk_to, staff, record, waiting):  # noqa: F811
    walked = walk_to("received")
    give(staff["officer"], RESPONSIBLE, LONG_AGO)
    walked.day = TODAY + dt.timedelta(days=7)
    event = Call(walked, "withdraw")()
    with clock.moved(event.at + dt.timedelta(minutes=1)):
        leave(staff, record, "responsible")
        undoing.undo(walked.case(), by=staff["secretary"])
    assert walked.case().responsible == staff["officer"].person


def test_what_somebody_proposed_who_left_is_not_confirmed(walk_to, staff, record):  # noqa: F811
    sent = walk_to("sent")
    sign_elsewhere(sent, staff)
    with sent.now():
        leave(staff, record, "secretary")
        with pytest.raises(Refused, match="does not hold the role for it any more. Decline it"):
            pending.confirm(PendingDecision.objects.get(), by=staff["responsible"])
        assert sent.case().state == "sent"
        pending.decline(PendingDecision.objects.get(), by=staff["responsible"], reason="Anew.")


def test_nor_what_somebody_proposed_whose_role_ended(walk_to, staff):
    sent = walk_to("sent")
    sign_elsewhere(sent, staff)
    with sent.now():
        held = RoleMembership.objects.filter(person=staff["secretary"].person, role="secretary")
        held.update(retracted_at=clock.now())
        with pytest.raises(Refused, match="does not hold the role for it any more"):
            pending.confirm(PendingDecision.objects.get(), by=staff["responsible"])


def test_an_administrator_stands_in_for_nobody(staff, record):  # noqa: F811
    with pytest.raises(Refused, match="An administrator decides nothing"):
        stand_in(staff, record, who="administrator")
    client = Client()
    client.force_login(staff["head"])
    form = client.get(f"/staff/{record('chief').number}/name_stand_in/").context["form"]
    assert staff["administrator"].person not in form.fields["stand_in"].queryset


def test_who_administers_gets_no_role_that_decides(staff, record):  # noqa: F811
    other = record("finance")
    propose(staff, other, role="administrator")
    confirm(staff)
    with pytest.raises(Refused, match="is an administrator and decides nothing"):
        propose(staff, record("finance"), role="officer")
    propose(staff, record("finance"), role="auditor")  # who reads decides nothing either
    confirm(staff)


def test_who_decides_does_not_administer(staff, record):  # noqa: F811
    with pytest.raises(Refused, match="acts as: FSE secretary"):
        propose(staff, record("secretary"), role="administrator")
    stand_in(staff, record, who="finance")
    with pytest.raises(Refused, match="acts as: Chief statistician"):
        propose(staff, record("finance"), role="administrator")
    assert not PendingDecision.objects.exists()
    assert roles.ADMINISTRATOR in roles.held(User.objects.get(username="administrator").person)
