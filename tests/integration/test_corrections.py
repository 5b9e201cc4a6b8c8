"""Corrections: old and new on record, what rested on it shown, two people where a decision did."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from fsesys.core import clock, correcting, outdated, pending, undoing
from fsesys.core.documents import Signature
from fsesys.core.pending import PendingDecision
from fsesys.core.people import User
from fsesys.core.refusal import NeedsSecond, Refused
from institutions import formats
from institutions.authorisation.corrections import Named
from institutions.authorisation.forms import RegisterForm
from institutions.records import RoleHolding
from tests.office import Call

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
REASON = "Misread the form."


def correct(walked, who="secretary", **facts):
    with walked.now():
        return correcting.correct(
            walked.case(), by=walked.staff[who], **({"reason": REASON} | facts)
        )


def page(walked, who, what="", **typed):
    client, case = Client(), walked.case()
    user = User.objects.get(username=who)
    client.force_login(user)
    url = f"/authorisations/{case.number}/correct/"
    with walked.now():
        if not typed:
            return client.get(url, {"what": what} if what else {})
        door = {"key": str(uuid.uuid4()), "seen": case.revision, "what": what, "reason": REASON}
        return client.post(url, door | typed)


def test_alone_while_no_decision_rests_on_it(walk_to):
    walked = walk_to("under_evaluation")
    event = correct(walked, what="staff_count", value=40)
    assert walked.case().staff_count == 40 and event.facts["rested"] == []
    assert event.reason == REASON


def test_a_fact_on_which_a_decision_rested_needs_two(walk_to, staff):
    walked = walk_to("recommended")
    with pytest.raises(NeedsSecond):
        correct(walked, what="experienced_count", value=5)
    assert page(walked, "secretary", "experienced_count", value="5").status_code == 303
    before, proposal = walked.case().experienced_count, PendingDecision.objects.get()
    client = Client()
    client.force_login(User.objects.get(username="officer"))
    with walked.now():
        words = client.get(reverse("pending", args=[proposal.pk])).content.decode()
        assert "Recommend" in words and str(before) in words
        pending.confirm(proposal, by=staff["officer"])
    case = walked.case()
    assert case.experienced_count == 5 and case.state == "recommended"
    assert (case.story[-1].by, case.story[-1].proposed_by) == (
        staff["officer"].person, staff["secretary"].person,
    )  # fmt: skip


def test_the_page_lists_what_can_be_corrected_and_shows_old_and_new(walk_to):
    walked = walk_to("under_evaluation")
    words = page(walked, "secretary").content.decode()
    assert "What is wrong?" in words and "?what=staff_count" in words
    assert "them_signer" not in words
    words = page(walked, "secretary", "head_name").content.decode()
    assert walked.case().head.name in words and "Letters that say it" in words
    assert page(walked, "secretary", "nothing", value="1").status_code == 422
    assert page(walked, "chief", "staff_count").status_code == 403


def test_a_letter_with_the_old_value_is_replaced_by_a_new_number(walk_to):
    walked = walk_to("received")
    receipt = walked.case().documents.get(template="receipt")
    old = walked.case().head.name
    assert old in str(receipt.context)
    answer = page(walked, "secretary", "head_name", value="Preben Rettet", again=[receipt.number])
    assert answer.status_code == 303
    new = walked.case().documents.get(replaces=receipt)
    assert "Preben Rettet" in str(new.context) and old not in str(new.context)
    assert new.context["document"]["replaces"] == receipt.number
    receipt.refresh_from_db()
    assert old in str(receipt.context)  # what was sent stays as it was sent
    assert walked.case().head.name == "Preben Rettet"


def test_the_same_value_and_impossible_values_are_refused(walk_to):
    walked = walk_to("under_evaluation")
    case = walked.case()
    with pytest.raises(Refused, match="says already"):
        correct(walked, what="staff_count", value=case.staff_count)
    with pytest.raises(Refused, match="more experienced"):
        correct(walked, what="experienced_count", value=case.staff_count + 1)
    with pytest.raises(Refused, match="more experienced"):
        correct(walked, what="staff_count", value=case.experienced_count - 1)
    with pytest.raises(Refused, match="after today"):
        correct(walked, what="received_on", value=walked.day.replace(year=walked.day.year + 1))
    with pytest.raises(Refused, match="Give a reason"):
        correct(walked, what="staff_count", value=99, reason=" ")
    with pytest.raises(Refused, match="Choose what to correct"):
        correct(walked, what="them_signer", value=Named(name="A", mail="a@b.dk"))
    assert walked.case().revision == case.revision


def test_a_wrong_signer_is_corrected_by_two(walk_to, staff):
    walked = walk_to("signed_by_both")
    old = Signature.objects.get(side="them")
    right = Named(name="Nina Rigtig", mail="nina@ku.dk")
    with pytest.raises(NeedsSecond):
        correct(walked, what="them_signer", value=right)
    answer = page(walked, "secretary", "them_signer", value="Nina Rigtig, nina@ku.dk")
    assert answer.status_code == 303
    with walked.now():
        event = pending.confirm(PendingDecision.objects.get(), by=staff["officer"])
    old.refresh_from_db()
    new = Signature.objects.standing().get(side="them")
    assert old.voided_event == event and new.signer.name == "Nina Rigtig"
    assert (new.registered_by, new.confirmed_by) == (
        staff["secretary"].person, staff["officer"].person,
    )  # fmt: skip
    Call(walked, "register_institution")()


def test_another_responsible_person_takes_over_the_role_that_the_case_gave(walk_to, staff):
    walked = walk_to("authorised")
    page(walked, "secretary", "head", value="Olga Ny, olga@ku.dk")
    with walked.now():
        pending.confirm(PendingDecision.objects.get(), by=staff["head"])
    case = walked.case()
    rows = RoleHolding.objects.filter(institution=case.institution, role="responsible")
    assert case.head.name == "Olga Ny" and case.state == "authorised"
    assert [row.person.name for row in rows.known()] == ["Olga Ny"] and rows.count() == 2


TWO = "Anna Ask, anna@ku.dk, Bo Birk, bo@ku.dk"  # a comma where a semicolon belongs


def test_two_people_are_not_taken_for_one(walk_to, staff):
    walked = walk_to("signed_by_both")
    assert page(walked, "secretary", "head", value=TWO).status_code == 422
    form = RegisterForm({"substitutes": TWO}, case=walked.case(), by=staff["secretary"])
    assert "is not one person" in str(form.errors["substitutes"])
    lines = "Anna Ask, anna@ku.dk; Bo Birk, bo@ku.dk\nIda Ibsen, PhD, ida@ku.dk"
    assert [one["name"] for one in formats.people(lines)] == [
        "Anna Ask", "Bo Birk", "Ida Ibsen, PhD",
    ]  # fmt: skip


def test_a_letter_that_was_undone_is_not_sent_again(walk_to, waiting):
    walked = walk_to("under_evaluation")
    event = Call(walked, "ask")()
    with clock.moved(event.at + dt.timedelta(minutes=1)):
        undoing.undo(walked.case(), by=walked.staff["responsible"])
        case = walked.case()
        found = outdated.letters(case, correcting.one(case, "head_name"))
    assert [letter.template for letter in found] == ["receipt"]


def test_the_value_is_read_once_however_many_letters(walk_to, django_assert_num_queries):
    walked = walk_to("sent")
    with walked.now():
        case = walked.case()
        fact = correcting.one(case, "us_signed_on")
        assert case.documents.exclude(template="").count() > 2
        with django_assert_num_queries(2):
            outdated.letters(case, fact)
