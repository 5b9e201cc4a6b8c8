"""Ways back: taken back by who did it, drafted anew, reopened, and undone before letters leave."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from fsesys.core import asking, clock, undoing
from fsesys.core.documents import Notice, Signature
from fsesys.core.refusal import Refused
from fsesys.core.roles import RESPONSIBLE, StandIn
from institutions.authorisation import registering
from institutions.records import AuthorisationPeriod, RoleHolding
from tests.integration.test_matrix_calls import give
from tests.office import TODAY, Call

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def undo(walked, who, minutes=2, **door):
    with clock.moved(walked.case().story[-1].at + dt.timedelta(minutes=minutes)):
        return undoing.undo(walked.case(), by=walked.staff[who], **door)


@pytest.mark.parametrize("state, verb, back", [
    ("under_evaluation", "recommend", "under_evaluation"),
    ("under_evaluation", "advise_against", "under_evaluation"),
    ("recommended", "draft_agreement", "recommended"),
    ("agreement_drafted", "submit", "agreement_drafted"),
    ("advised_against", "submit", "advised_against"),
])  # fmt: skip
def test_taken_back_to_where_it_came_from(state, verb, back, walk_to):
    walked = walk_to(state)
    Call(walked, verb)()
    event = Call(walked, "take_back")()
    assert event.to_state == back == walked.case().state
    Call(walked, verb)()  # and it can be done again


def test_only_who_did_it_takes_it_back(walk_to, staff):
    walked = walk_to("agreement_drafted")  # by the secretary
    with pytest.raises(Refused, match="Only the same person takes it back"):
        Call(walked, "take_back")(by=staff["responsible"])
    Call(walked, "submit")()
    with pytest.raises(Refused, match="Only the same person"):
        Call(walked, "take_back")(by=staff["secretary"])
    Call(walked, "take_back")(by=staff["responsible"])
    Call(walked, "take_back")(by=staff["secretary"])  # the draft stands again as the last step
    assert walked.case().state == "recommended"


def test_a_frozen_agreement_taken_back_is_submitted_again_as_it_was(walk_to):
    walked = walk_to("submitted")
    number = walked.case().agreement.document.number
    Call(walked, "take_back")()
    assert walked.case().agreement is None
    Call(walked, "submit")()
    assert walked.case().agreement.document.number == number


@pytest.mark.parametrize("state", ["approved", "signed_by_us", "sent"])
def test_drafted_anew_is_decided_anew(state, walk_to):
    walked = walk_to(state)
    old = walked.case().agreement.document.number
    Call(walked, "redraft")()
    case = walked.case()
    assert case.state == "agreement_drafted" and case.agreement is None and case.lapse_on is None
    for verb in ("submit", "approve", "register_our_signature", "send",
                 "register_counter_signature", "register_institution"):  # fmt: skip
        Call(walked, verb)()
    case = walked.case()
    assert case.state == "authorised"
    assert case.agreement.version == 2 and case.agreement.document.number != old
    assert case.agreement_versions.count() == 2


@pytest.mark.parametrize("state", ["rejected", "lapsed", "withdrawn"])
def test_reopened_and_evaluated_anew(state, walk_to):
    walked = walk_to(state)
    Call(walked, "reopen")()
    case = walked.case()
    assert case.state == "under_evaluation" and case.closed_at is None
    assert case.documents.filter(template="reopening").exists()
    for verb in ("recommend", "draft_agreement", "submit", "approve"):
        Call(walked, verb)()


def test_not_reopened_while_another_case_is_open(walk_to, staff):
    walked = walk_to("withdrawn")
    from_register = walked.case()
    other = walk_to("received").case()
    with connection.cursor() as cursor:  # an open case of the same institution, made by hand
        cursor.execute(
            "UPDATE institutions_authorisationcase SET institution_id = %s WHERE case_ptr_id = %s",
            [from_register.institution_id, other.pk],
        )
    with pytest.raises(Refused, match="is open; go on there"):
        Call(walked, "reopen")()


def test_undone_before_the_letter_left(walk_to, waiting):
    walked = walk_to("under_evaluation")
    before = walked.case()
    Call(walked, "ask")()
    event = undo(walked, "responsible")
    case = walked.case()
    assert (case.state, case.due_on, case.lapse_on) == (before.state, before.due_on, None)
    assert event.undoes.verb == "ask" and event.verb == "undo"
    assert Notice.objects.filter(event=event.undoes).get().recalled_at == event.at
    assert not case.questions.filter(closed_event=None).exists()
    Call(walked, "ask")()


def test_a_mail_that_was_recalled_does_not_leave(walk_to, waiting, mailoutbox):
    from fsesys.core import jobs

    walked = walk_to("under_evaluation")
    Call(walked, "ask")()
    notice = Notice.objects.order_by("pk").last()
    undo(walked, "responsible")
    jobs.send(notice.pk)
    notice.refresh_from_db()
    assert notice.sent_at is None and not mailoutbox


def test_too_late_or_another_person_or_gone_on(walk_to, waiting, staff):
    walked = walk_to("received")
    Call(walked, "start_evaluation")()
    with pytest.raises(Refused, match="It was possible until"):
        undo(walked, "responsible", minutes=11)
    give(staff["officer"], RESPONSIBLE, TODAY.replace(year=2024))
    with pytest.raises(Refused, match="Only the same person can undo it"):
        undo(walked, "officer")
    undo(walked, "responsible")
    assert walked.case().state == "received"
    with pytest.raises(Refused, match="nothing here to undo"):
        undo(walked, "responsible", minutes=3)


def test_a_sent_letter_is_not_undone(walk_to, waiting):
    walked = walk_to("under_evaluation")
    event = Call(walked, "ask")()
    Notice.objects.filter(event=event).update(sent_at=event.at)
    with pytest.raises(Refused, match="It was possible until"):
        undo(walked, "responsible")


def test_undoing_the_first_step_withdraws_the_case(walk_to, waiting):
    walked = walk_to("received")
    undo(walked, "secretary")
    case = walked.case()
    assert case.state == "withdrawn" and case.closed_at and case.number == walked.number


def test_undoing_the_registration_takes_the_facts_back(walk_to, waiting):
    walked = walk_to("signed_by_both")
    event = Call(walked, "register_institution")()
    institution = walked.case().institution
    assert institution.periods.at(event.at).count() == 1
    undone = undo(walked, "secretary")
    institution.refresh_from_db()
    for model in (AuthorisationPeriod, RoleHolding):
        rows = model.objects.filter(institution=institution)
        assert rows.exists() and not rows.known().exists()
        assert set(rows.values_list("retracting_event", flat=True)) == {undone.pk}
    number = institution.authorisation_number
    Call(walked, "register_institution")()
    institution.refresh_from_db()
    assert institution.authorisation_number == number  # a number stays with its record
    assert registering.Institution.objects.count() >= 1


def test_an_undone_signature_is_void_and_the_same_copy_is_taken_again(walk_to, waiting):
    walked = walk_to("approved")
    call = Call(walked, "register_our_signature")
    call()
    undo(walked, "dst-secretary")
    assert not Signature.objects.standing().exists()
    call()
    assert Signature.objects.standing().count() == 1 and walked.case().state == "signed_by_us"


def test_an_undone_answer_is_asked_again(walk_to, waiting):
    walked = walk_to("awaiting_applicant")
    Call(walked, "answer")()
    before = walked.case().questions.filter(closed_event=None).count()
    undo(walked, "secretary")
    assert walked.case().questions.filter(closed_event=None).count() == before + 1
    assert walked.case().state == "awaiting_applicant"


def test_the_database_takes_the_reversed_edge_for_an_undo_only(walk_to):
    walked = walk_to("under_evaluation")
    case = walked.case()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_case SET state = 'received', revision = revision + 1"
                       " WHERE id = %s", [case.pk])  # fmt: skip
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_case SET state = 'received', revision = revision + 1"
                       " WHERE id = %s", [case.pk])  # fmt: skip
        case.events.create(revision=case.revision + 1, verb="note", from_state=case.state,
                           to_state="received", at=case.opened_at, by=case.responsible,
                           role="responsible")  # fmt: skip


@pytest.fixture
def stand_in(staff):
    """The officer stands in for the chief statistician."""
    chief, officer = staff["chief"].person, staff["officer"].person
    since = RoleHolding.objects.none() and None or staff_since(chief)
    return StandIn.objects.create(
        person=chief, stand_in=officer, from_at=since, recorded_at=since, recorded_by=chief
    )


def staff_since(person):
    return person.memberships.order_by("from_at").first().from_at


def test_a_stand_in_decides_on_behalf_of_the_other(walk_to, staff, stand_in):
    walked = walk_to("submitted")
    event = Call(walked, "approve")(by=staff["officer"])
    assert (event.by, event.on_behalf_of) == (staff["officer"].person, staff["chief"].person)
    assert event.role == "chief"


def test_a_stand_in_is_never_a_way_round_four_eyes(walk_to, staff, stand_in):
    walked = walk_to("under_evaluation")
    give(staff["officer"], RESPONSIBLE, TODAY.replace(year=2024))
    Call(walked, "assign")(responsible=staff["officer"].person)
    Call(walked, "recommend")(by=staff["officer"])
    Call(walked, "draft_agreement")()
    Call(walked, "submit")(by=staff["officer"])
    with pytest.raises(Refused, match="another person must do this"):
        Call(walked, "approve")(by=staff["officer"])
    Call(walked, "approve")()


def test_nobody_stands_in_for_oneself(staff):
    chief = staff["chief"].person
    with pytest.raises(DatabaseError), transaction.atomic():
        StandIn.objects.create(person=chief, stand_in=chief, from_at=staff_since(chief),
                               recorded_at=staff_since(chief), recorded_by=chief)  # fmt: skip


def test_undo_is_a_button_while_it_can_be_done(walk_to, waiting):
    walked = walk_to("received")
    event = Call(walked, "start_evaluation")()
    for minutes, allowed in ((2, True), (11, False)):
        with clock.moved(event.at + dt.timedelta(minutes=minutes)):
            choices = asking.preview(walked.case(), walked.staff["responsible"])
            found = next(c for c in choices if c.move.verb == "undo")
            assert found.allowed == allowed
