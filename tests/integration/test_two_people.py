"""Decisions that need two people: what one proposed holds only when another confirms."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from fsesys.core import pending
from fsesys.core.documents import Signature
from fsesys.core.pending import PendingDecision
from fsesys.core.people import Person, User
from fsesys.core.refusal import AlreadyDone, NeedsSecond, NotYours, Refused
from fsesys.core.roles import RESPONSIBLE, SECRETARY
from fsesys.desk.demo import applications
from tests.integration.test_matrix_calls import give
from tests.office import TODAY, Call

VERB = "register_counter_signature"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def second(staff):
    """Another secretary."""
    user = User.objects.create(
        username="second", language="en", person=Person.objects.create(name="Else Toft")
    )
    give(user, SECRETARY, TODAY.replace(year=2024))
    return user


@pytest.fixture(autouse=True)
def pages_in_english(staff):
    User.objects.update(language="en")
    for user in staff.values():
        user.language = "en"


@pytest.fixture
def sent(walk_to):
    return walk_to("sent")


def form(case, **changes):
    name, media_type, content = applications.pdf("rebuilt", "rebuilt.pdf")
    return {
        "key": str(uuid.uuid4()), "seen": case.revision, "road": "elsewhere",
        "signer": case.head_id, "signed_on": case.sent_on.isoformat(),
        "document_number": case.agreement.document.number,
        "upload": SimpleUploadedFile(name, content, media_type),
    } | changes  # fmt: skip


def propose(walked, staff, **changes):
    client, case = Client(), walked.case()
    client.force_login(staff["secretary"])
    with walked.now():
        answer = client.post(f"/authorisations/{case.number}/{VERB}/", form(case, **changes))
    return answer


def settle(walked, user, proposal, how="confirm", **typed):
    client = Client()
    client.force_login(user)
    with walked.now():
        return client.post(
            reverse("pending", args=[proposal.pk]), {"key": str(uuid.uuid4()), how: "1"} | typed
        )


def test_the_first_person_moves_nothing_and_the_second_decides(sent, staff, second):
    assert propose(sent, staff).status_code == 303
    case, proposal = sent.case(), PendingDecision.objects.get()
    assert case.state == "sent" and not Signature.objects.filter(side="them").exists()
    assert (proposal.verb, proposal.by, proposal.files.count()) == (
        VERB,
        staff["secretary"].person,
        1,
    )
    assert case.story[-1].verb == "propose"
    assert case.documents.filter(kind="signed-agreement").count() == 1  # ours, from before
    client = Client()
    client.force_login(second)
    with sent.now():
        assert "waits for a second person" in client.get("/").content.decode().lower()
        page = client.get(reverse("pending", args=[proposal.pk])).content.decode()
    assert "Confirm" in page and "rebuilt.pdf" in page and case.agreement.document.number in page
    assert settle(sent, second, proposal).status_code == 303
    case, signature = sent.case(), Signature.objects.get(side="them")
    assert case.state == "signed_by_both"
    assert (signature.registered_by, signature.confirmed_by) == (
        staff["secretary"].person,
        second.person,
    )
    event = case.story[-1]
    assert (event.by, event.proposed_by) == (second.person, staff["secretary"].person)
    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.data) == ("confirmed", {})


def test_who_proposed_does_not_confirm(sent, staff, second):
    propose(sent, staff)
    proposal = PendingDecision.objects.get()
    answer = settle(sent, staff["secretary"], proposal)
    assert answer.status_code == 409 and "another person must confirm" in answer.content.decode()
    with sent.now(), pytest.raises(Refused):
        pending.confirm(proposal, by=staff["secretary"])
    assert settle(sent, staff["officer"], proposal).status_code == 403
    assert sent.case().state == "sent"


def test_a_script_is_told_that_a_second_person_is_needed(sent):
    with pytest.raises(NeedsSecond, match="needs a second person"):
        Call(sent, VERB)(road="elsewhere")
    Call(sent, VERB)(road="scan")


def test_declining_moves_nothing_and_can_be_proposed_anew(sent, staff, second):
    propose(sent, staff)
    proposal = PendingDecision.objects.get()
    assert settle(sent, second, proposal, "decline").status_code == 409  # a reason is needed
    assert settle(sent, second, proposal, "decline", reason="The wrong file.").status_code == 303
    assert sent.case().state == "sent" and sent.case().story[-1].reason == "The wrong file."
    assert propose(sent, staff).status_code == 303
    again = PendingDecision.objects.get(outcome="")
    assert settle(sent, second, proposal).status_code == 303  # settled already: told, nothing done
    assert again.pk != proposal.pk and sent.case().state == "sent"
    assert settle(sent, staff["secretary"], again, "decline", reason="Mine.").status_code == 303


def test_two_proposals_of_one_verb_are_one_too_many(sent, staff, second):
    propose(sent, staff)
    answer = propose(sent, staff)
    assert answer.status_code == 409 and "has proposed this already" in answer.content.decode()
    assert PendingDecision.objects.count() == 1


def test_a_change_in_between_is_told_to_the_second_person(sent, staff, second):
    propose(sent, staff)
    Call(sent, "file_document")(by=staff["officer"])
    answer = settle(sent, second, PendingDecision.objects.get())
    assert answer.status_code == 409 and "changed" in answer.content.decode()
    assert sent.case().state == "sent"


def test_a_proposal_whose_rules_fail_is_not_kept(sent, staff):
    answer = propose(sent, staff, signed_on="2020-01-01")
    assert answer.status_code == 409 and not PendingDecision.objects.exists()
    assert sent.case().story[-1].verb == "send"


def test_the_rules_are_asked_anew_of_both_people(sent, staff, second):
    """Who approved may not register the signature, neither as first nor as second person."""
    give(staff["chief"], SECRETARY, TODAY.replace(year=2024))
    give(staff["chief"], RESPONSIBLE, TODAY.replace(year=2024))
    propose(sent, staff)
    answer = settle(sent, staff["chief"], PendingDecision.objects.get())
    assert answer.status_code == 409 and "another person must do this" in answer.content.decode()


def test_the_database_refuses_one_person_in_both_seats(sent, staff, second):
    propose(sent, staff)
    proposal = PendingDecision.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        PendingDecision.objects.filter(pk=proposal.pk).update(
            outcome="confirmed", settled_by=proposal.by, settled_event=proposal.event
        )
    settle(sent, second, proposal)
    with pytest.raises(DatabaseError), transaction.atomic():
        PendingDecision.objects.filter(pk=proposal.pk).update(outcome="declined")


def test_a_second_confirmation_says_who_was_first(sent, staff, second):
    propose(sent, staff)
    proposal = PendingDecision.objects.get()
    settle(sent, second, proposal)
    with sent.now(), pytest.raises(AlreadyDone) as done:
        pending.confirm(proposal, by=staff["responsible"])
    assert done.value.event.by == second.person


def test_an_account_that_lost_its_role_confirms_nothing(sent, staff, second):
    propose(sent, staff)
    User.objects.filter(pk=second.pk).update(ended_at=sent.case().opened_at)
    with sent.now(), pytest.raises(NotYours):
        pending.confirm(PendingDecision.objects.get(), by=User.objects.get(pk=second.pk))
