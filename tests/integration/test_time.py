"""What time does to a case: reminders by the job, lapses put before a person, numbers in order."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from fsesys.core import clock
from fsesys.core.documents import Document
from fsesys.core.people import User
from fsesys.core.refusal import Refused
from fsesys.core.roles import RoleMembership
from fsesys.desk import work
from fsesys.desk.demo import applications
from fsesys.desk.demo.staff import put_staff
from institutions import jobs
from institutions.authorisation import actions, selectors, signing
from institutions.authorisation.models import AuthorisationCase
from institutions.records import AuthorisationPeriod, RoleHolding
from tests.office import Call

pytestmark = pytest.mark.django_db


def on(day):
    return clock.moved(applications.noon(day))


def test_applicant_is_reminded_once_and_a_person_lets_the_case_lapse(staff, case_in):
    case = case_in("awaiting_applicant")
    person = staff["responsible"].person
    with on(case.remind_on - dt.timedelta(days=1)):
        assert jobs.remind_due() == 0
        with pytest.raises(Refused):
            actions.lapse(case, by=staff["responsible"])
    with on(case.remind_on + dt.timedelta(days=3)):  # the job was away for three days
        assert jobs.remind_due() == 1
        assert jobs.remind_due() == 0
        with pytest.raises(Refused):
            actions.lapse(selectors.load(case.number), by=staff["responsible"])
    letter = Document.objects.get(case=case, template="reminder")
    assert letter.context["lapse_on"].strip()
    with on(case.lapse_on - dt.timedelta(days=1)):
        assert not [t for t in work.tasks(person, {"responsible"}) if t["number"] == case.number]
    with on(case.lapse_on):
        jobs.remind_due()
        assert selectors.load(case.number).state == "awaiting_applicant"  # the job decides nothing
        mine = [t for t in work.tasks(person, {"responsible"}) if t["number"] == case.number]
        assert mine[0]["button"]["url"].endswith("/lapse/")
        event = actions.lapse(selectors.load(case.number), by=staff["responsible"])
    assert event.case.state == "lapsed" and event.case.closed_at


def test_institution_is_reminded_to_sign_and_the_case_can_lapse_after_90_days(staff, case_in):
    case = case_in("sent")
    assert case.remind_on - case.sent_on == dt.timedelta(days=30)
    assert case.lapse_on - case.sent_on == dt.timedelta(days=90)
    with on(case.remind_on):
        assert jobs.remind_due() == 1
    with on(case.lapse_on):
        event = actions.lapse(selectors.load(case.number), by=staff["secretary"])
    assert event.to_state == "lapsed"


def test_continue_without_answer_needs_a_reason_and_closes_the_questions(staff, case_in):
    case = case_in("awaiting_applicant")
    with pytest.raises(Refused):
        actions.continue_without_answer(case, by=staff["secretary"], reason="  ")
    event = actions.continue_without_answer(case, by=staff["secretary"], reason="Oplyst i telefon.")
    assert event.case.state == "under_evaluation"
    assert not event.case.questions.filter(closed_event=None).exists()


def test_return_supersedes_recommendation_and_agreement_but_answers_stay(staff, case_in):
    case = case_in("submitted")
    asked = case.questions.count()
    event = actions.return_(case, by=staff["chief"], reason="Uddyb sikkerheden.")
    assert event.case.state == "under_evaluation" and event.case.agreement is None
    assert event.case.questions.count() == asked
    assert event.case.agreement_versions.count() == 1


def test_authorisation_numbers_follow_the_highest_and_facts_begin(staff, case_in):
    first, second = case_in("authorised"), case_in("authorised")
    a, b = first.institution.authorisation_number, second.institution.authorisation_number
    assert b == a + 1
    period = AuthorisationPeriod.objects.get(institution=first.institution)
    assert period.from_at == first.closed_at and period.to_at is None
    held = RoleHolding.objects.filter(institution=first.institution)
    assert set(held.values_list("role", flat=True)) == {
        "responsible", "substitute", "administrator", "signatory",
    }  # fmt: skip


def test_who_stands_on_two_lines_holds_the_role_once(walk_to):
    walked = walk_to("signed_by_both")
    twice = [{"name": "Bo Birk", "mail": "bo@ku.dk"}, {"name": "Bo Birk", "mail": "BO@ku.dk"}]
    event = Call(walked, "register_institution")(substitutes=twice, administrators=twice)
    held = RoleHolding.objects.filter(person__name="Bo Birk")
    assert sorted(held.values_list("role", flat=True)) == ["administrator", "substitute"]
    welcome = event.documents.get(template="welcome")
    assert str(welcome.context).count("Bo Birk") == 2


def test_an_institution_in_force_can_not_apply_again_nor_twice_at_once(staff, case_in):
    stated = applications.application(3, applications.rows()[3], clock.today())
    for state in ("authorised", "received"):
        institution = case_in(state).institution
        with pytest.raises(Refused):
            signing.register_application(by=staff["secretary"], again=institution, **stated)


def test_doubles_are_shown_before_saving_and_a_reason_is_needed(client, staff, case_in):
    institution = case_in("received").institution
    row = applications.rows()[5] | {"cvr": institution.cvr}
    stated = applications.application(5, row, clock.today()) | {"double_reason": ""}
    before = AuthorisationCase.objects.count()
    with pytest.raises(Refused) as refused:
        signing.register_application(by=staff["secretary"], **stated)
    assert institution.cvr in refused.value.refusals[0]
    assert AuthorisationCase.objects.count() == before


def test_demo_accounts_are_refused_when_demo_mode_is_off(client, settings, db):
    settings.FSESYS_DEMO = False
    with pytest.raises(CommandError):
        call_command("demo")
    assert User.objects.count() == 0
    settings.FSESYS_DEMO = True
    from_demo = call_in_demo(settings)
    assert client.login(username="chief", password=from_demo)
    assert client.get("/").status_code == 200
    settings.FSESYS_DEMO = False
    assert client.get("/").status_code == 302
    assert not client.login(username="chief", password=from_demo)


def call_in_demo(settings):
    put_staff(settings.FSESYS_DEMO_PASSWORD)
    return settings.FSESYS_DEMO_PASSWORD


def test_make_admin_works_once_on_an_empty_system(db, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda prompt: "a-long-pass-phrase-2026")
    people = {"administrator": "ida,Ida Kjær,ida@dst.dk", "head": "lone,Lone Skov,lone@dst.dk"}
    call_command("admin", **people)
    roles = dict(RoleMembership.objects.values_list("person__account__username", "role"))
    assert roles == {"ida": "administrator", "lone": "head"}
    with pytest.raises(CommandError):
        call_command("admin", **people)
    assert not any(user.is_superuser for user in User.objects.all())
