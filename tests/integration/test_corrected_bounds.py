"""What a correction may not do: contradict a later act, be one person's where decisions rest on the
value, replace what is signed, or leave beside it what followed from the old value."""

from __future__ import annotations

import datetime as dt

import pytest

from fsesys.core import clock, correcting, dependants, outdated, undoing
from fsesys.core.documents import Document
from fsesys.core.people import Person, SystemActor, User
from fsesys.core.refusal import NeedsSecond, Refused
from fsesys.core.roles import StandIn
from institutions.hold import actions as holds
from institutions.hold.actions import HOLDS
from institutions.records import InstitutionHold
from projects.ending import actions as ending
from projects.grant import actions as grants
from projects.proposal import actions as proposals
from projects.proposal import selectors as proposal
from projects.proposal.models import ProposalCase
from projects.records import Project, ProjectPeriod
from researchers.association import selectors as association
from researchers.certification import actions as certification
from researchers.certification import selectors as certificates
from researchers.hold import actions as person_holds
from researchers.records import Researcher
from researchers.standing import until
from tests import people, projects
from tests.integration.test_corrected_research import fresh, home, told, two  # noqa: F401
from tests.integration.test_grant import granted, office  # noqa: F401
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
DAY = dt.timedelta(days=1)
WHY = {"reason": "Mistyped."}


def test_a_hold_that_is_lifted_or_over_does_not_run_again(home, staff):  # noqa: F811
    typed = {"by": staff["head"], "reason": "Breach.", "cause": "Braech"}
    first = clock.today()
    case = holds.place_hold(home, until_on=first + 90 * DAY, precautionary=True, **typed).case
    with at(first + 5 * DAY):
        holds.make_final(fresh(case), by=staff["head"], reason="It is so.")
        two(case, staff, "cause", "Breach", second="chief")
        assert {row.cause for row in InstitutionHold.objects.known()} == {"Breach"}
        holds.lift_hold(fresh(case), by=staff["head"], reason="Over.")
        assert "Choose what" in told(case, staff, "until_on", first + 80 * DAY)
    with at(first + 6 * DAY):
        case = holds.place_hold(home, until_on=first + 9 * DAY, **typed).case
    with at(first + 12 * DAY):
        assert HOLDS.close_over() == 1
        assert "Place a new hold" in told(case, staff, "until_on", first + 80 * DAY)
        two(case, staff, "until_on", first + 7 * DAY, second="chief")  # it was over earlier


def test_a_project_that_was_ended_does_not_run_again(home, staff):  # noqa: F811
    project = projects.project_in_force(home, staff)
    case, first = ProposalCase.objects.get(), clock.today()
    with at(first + 10 * DAY):
        asked = ending.ask_for_decision(project, reason="The owner left.").case
        keys = [row.key for row in dependants.of(project.subject_key, clock.now(), but=asked.pk)]
        ending.confirm_end(asked, by=staff["officer"], reason="Done.", listed=keys, confirmed=True)
    with at(first + 12 * DAY):
        assert "Choose what" in told(case, staff, "last_on", first + 100 * DAY)


def test_a_corrected_title_outlives_signature_undo_and_resubmission(home, staff, waiting):  # noqa: F811
    case = projects.proposed(home, staff, title="Live courses").case
    case = projects.approved(case, staff).case
    two(case, staff, "title", "Life courses")
    case = projects.signed(fresh(case), staff).case
    assert Project.objects.get().title == "Life courses" == case.title
    assert "Life courses" in case.subject_label
    with at(clock.today() + 2 * DAY):
        again = projects.reproposed(case.project, home, staff, title="More livs").case
        correcting.correct(
            fresh(again), by=staff["secretary"], what="title", value="More lives", **WHY
        )
        assert Project.objects.get().title == "Life courses"  # nothing is signed yet
        again = projects.in_force(fresh(again), staff).case
        assert Project.objects.get().title == "More lives"
        undoing.undo(fresh(again), by=staff["secretary"])
        assert Project.objects.get().title == "Life courses"


def test_what_other_cases_rest_on_is_corrected_by_two(home, staff):  # noqa: F811
    case = people.active(home, staff, "Rike Rask")
    with at(clock.today() + 2 * DAY):
        people.ended(case, staff)
        again = people.requested(home, staff, person=Person.objects.get(pk=case.person_id))
        with pytest.raises(NeedsSecond):
            correcting.correct(fresh(again), by=staff["secretary"], what="person_name",
                               value="Rikke Rask", **WHY)  # fmt: skip


def test_an_access_that_a_new_one_followed_keeps_its_end(office):  # noqa: F811
    case, today, staff = granted(office), clock.today(), office.staff
    person = Researcher.objects.get(person=office.person(0))
    with clock.moved(clock.now() + 5 * DAY):
        person_holds.place_hold(person, by=staff["head"], reason="x", cause="c",
                                until_on=clock.today())  # fmt: skip
    with clock.moved(clock.now() + 8 * DAY):
        grants.renew(office.project(0), by=staff["officer"], association=office.association(0))
        assert "Choose what" in told(case, staff, "last_on", today + DAY)


def test_signed_papers_stay_and_days_are_put_right_where_they_stand(home, staff):  # noqa: F811
    case, first = people.active(home, staff, "Rike Rask"), clock.today()
    agreement = association.agreement(case)
    case = fresh(case)
    facts = correcting.known(case)
    told = {fact: [row.template for row in outdated.letters(case, facts[fact])]
            for fact in ("person_name", "citizenship", "birth_year", "began_on", "received_on")}  # fmt: skip
    assert told == {"person_name": ["association_welcome"], "citizenship": [], "birth_year": [],
                    "began_on": ["association_welcome"], "received_on": []}  # fmt: skip
    rows = {
        row["label"]: row["value"] for row in correcting.beside(case, "person_name", "Rikke Rask")
    }
    assert agreement.number in rows["Signed, stays as it is"]
    welcome = Document.objects.get(template="association_welcome")
    with at(first + 9 * DAY):
        two(case, staff, "began_on", first - 3 * DAY, again=[welcome.number])
    anew = Document.objects.get(replaces=welcome).context
    changed = {key for key in anew if anew[key] != welcome.context.get(key)}
    assert changed == {"day", "document"}
    two(case, staff, "person_name", "Rikke Rask")
    assert association.agreement(fresh(case)) == agreement
    assert fresh(case).subject_label.startswith("Rikke Rask, ")


def test_warnings_start_anew_with_another_last_day(home, staff):  # noqa: F811
    projects.project_in_force(home, staff, last_on=clock.today() + 20 * DAY)
    case, today = ProposalCase.objects.get(), clock.today()
    proposals.warn_of_end(fresh(case), by=SystemActor())
    two(case, staff, "last_on", today + 365 * DAY)
    with at(today + 345 * DAY):
        assert proposal.facts(fresh(case), clock.now()).warning == 30


def test_reminders_of_the_test_start_anew_with_another_day(home, staff):  # noqa: F811
    researcher = Researcher.objects.get(person=people.active(home, staff).person_id)
    start = clock.today()
    case = certification.register_result(researcher, by=staff["secretary"], taken_on=start,
                                         correct=10).case  # fmt: skip
    with at(until(start, 12) - 3 * DAY):
        ((due, stage),) = certificates.running_out(clock.today())
        certification.remind(due, by=SystemActor(), stage=stage)
        two(case, staff, "taken_on", start + 200 * DAY)
    with at(until(start + 200 * DAY, 12) - 3 * DAY):
        assert [one.pk for one, _stage in certificates.running_out(clock.today())] == [case.pk]


def account(username):
    return User.objects.get(username=username)


def test_every_record_of_a_human_being_belongs_where_one_does(home, staff):  # noqa: F811
    case = people.active(home, staff, "Rikke Rask")
    root = Person.objects.create(name="Rikke R.", mail="rikke@example.dk")
    for one in (case.person_id, staff["head"].person_id):  # two siblings under a third record
        Person.objects.filter(pk=one).update(same_as=root)
    typed = {"reason": "B.", "cause": "c", "until_on": clock.today() + 9 * DAY}
    with pytest.raises(Refused, match="belong to this institution"):
        holds.place_hold(home, by=account("head"), **typed)
    now = clock.now()
    StandIn.objects.create(
        person_id=staff["head"].person_id, stand_in=staff["auditor"].person, from_at=now - DAY,
        to_at=now + DAY, recorded_at=now - DAY, recorded_by=staff["officer"].person, case=case,
    )  # fmt: skip
    with pytest.raises(Refused, match="belong to this institution"):
        holds.place_hold(home, by=account("auditor"), **typed)  # in her seat, and no way round her
    assert not InstitutionHold.objects.exists()


def test_nobody_registers_their_own_result(home, staff):  # noqa: F811
    case = people.active(home, staff)
    Person.objects.filter(pk=case.person_id).update(same_as=staff["secretary"].person)
    researcher = Researcher.objects.select_related("person").get(person=case.person_id)
    with pytest.raises(Refused, match="colleague must do this"):
        certification.register_result(researcher, by=account("secretary"), taken_on=clock.today(),
                                      correct=10)  # fmt: skip


def test_the_admin_leads_only_those_to_a_case_who_may_see_it(home, staff, client):  # noqa: F811
    case = people.active(home, staff)
    url = f"/admin/researchers/associationcase/{case.pk}/change/"
    client.force_login(staff["administrator"])
    assert client.get(url).status_code == 403
    client.force_login(staff["chief"])
    assert case.number in client.get(url)["Location"]
    assert ProjectPeriod.objects.count() == 0
