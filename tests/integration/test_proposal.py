"""Process 3: from a proposal to a project in force, anew, and the ways back."""

from __future__ import annotations

import datetime as dt

import pytest

from fsesys.core import clock, undoing, workdays
from fsesys.core.documents import Notice
from fsesys.core.people import User
from fsesys.core.refusal import Refused
from institutions.change_roles import actions as roles
from institutions.records import RoleHolding
from projects import jobs, owning
from projects.proposal import actions, selectors, versions
from projects.proposal.models import ProposalCase, ProposalVersion
from projects.records import DataBasis, Project, ProjectOwner, ProjectPeriod
from tests import projects
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY = dt.timedelta(days=1)
WHY = {"reason": "The reason, in a whole sentence."}


@pytest.fixture
def owner(walk_to):
    """An authorised institution and the day after its registration."""
    User.objects.update(language="en")
    walked = walk_to("authorised")
    return walked.case().institution, walked.day + DAY


def templates(case):
    return list(
        case.documents.exclude(template="").order_by("pk").values_list("template", flat=True)
    )


def refused(act, *words):
    with pytest.raises(Refused) as error:
        act()
    said = " ".join(error.value.refusals)
    assert all(word in said for word in words), said


def test_from_proposal_to_in_force_and_anew(owner, staff):
    institution, day = owner
    with at(day):
        event = projects.proposed(institution, staff, registers=("BEF", "IND"))
        case = event.case
        assert (case.state, case.version, case.responsible, case.turn) == (
            "submitted", 1, staff["officer"].person, "officer")  # fmt: skip
        project = Project.objects.get()
        assert project.number == 700001 and ProjectOwner.objects.get().institution == institution
        assert project.contact.mail == "rikke@uni.example" and not ProjectPeriod.objects.exists()
        first = projects.in_force(case, staff)
        assert first.case.state == "in_force" and first.case.closed_at
        assert templates(case) == ["proposal_receipt", "project_agreement", "project_in_force"]
        agreement = selectors.agreement(case)
        signatory = projects.holder(institution, "signatory")
        assert agreement.context["signed_by"] == staff["officer"].person.name
        assert agreement.context["full_register"] == "no" and agreement.context["database"] == ""
        assert agreement.context["signed_at"] and agreement.notices.get().to_mail == signatory.mail
    period = ProjectPeriod.objects.get()
    assert (period.from_at, period.version, clock.last_day(period.to_at)) == (
        first.at, 1, day + 365 * DAY)  # fmt: skip
    assert DataBasis.objects.filter(version=1, from_at=first.at).count() == 2
    with at(day + 30 * DAY):
        again = projects.reproposed(project, institution, staff, registers=("BEF", "UDDA"),
                                    title="Another title")  # fmt: skip
        assert (again.case.version, again.case.again) == (2, True)
        approved = projects.approved(again.case, staff)
        assert owning.period(project, clock.now()).version == 1  # until both have signed
        assert not DataBasis.objects.filter(version=2).exists()
        second = projects.signed(approved.case, staff)
    rows = {row.version: row for row in ProjectPeriod.objects.known()}
    assert (rows[1].to_at, rows[2].from_at) == (second.at, second.at)
    basis = DataBasis.objects.at(second.at).values_list("register__name", flat=True)
    assert set(basis) == {"BEF", "UDDA"}
    project.refresh_from_db()
    assert project.title == "Another title" and Project.objects.count() == 1


def test_a_version_that_begins_later_leaves_the_former_until_then(owner, staff):
    institution, day = owner
    with at(day):
        project = projects.project_in_force(institution, staff, to_on=day + 100 * DAY)
        begins = day + 20 * DAY
        later = projects.reproposed(project, institution, staff, registers=("IND",),
                                    from_on=begins)  # fmt: skip
        projects.in_force(later.case, staff)
        assert owning.period(project, clock.now()).version == 1
        assert owning.ahead(project, clock.now()).from_at == clock.midnight(begins)
    with at(begins):
        assert owning.period(project, clock.now()).version == 2
    with at(begins + 400 * DAY):
        assert owning.period(project, clock.now()) is None  # the end bites by itself


def test_asked_returned_and_resubmitted_side_by_side(owner, staff):
    institution, day = owner
    officer, secretary = staff["officer"], staff["secretary"]
    with at(day):
        case = projects.proposed(institution, staff).case
        actions.take_case(case, by=officer)
        event = actions.ask(case, by=officer, questions=[("", "Why?"), ("", "Who?")],
                            due_on=workdays.after(day, 5))  # fmt: skip
        assert event.case.lapse_on == workdays.after(day, 5) + 90 * DAY
        refused(lambda: actions.approve(case, by=officer, answers=projects.met(case)), "is now")
        questions = list(case.questions.all())
        refused(lambda: actions.answer(case, by=secretary, question=questions[0].pk, answer="So.",
                                       answered_on=day - DAY), "can not have come in before")  # fmt: skip
        for number, question in enumerate(questions):
            event = actions.answer(case, by=secretary, question=question.pk, answer="So.",
                                   answered_on=day)  # fmt: skip
            assert event.case.state == ("in_assessment" if number else "awaiting_applicant")
        event = actions.return_(case, by=officer, reason="The population is too wide.")
        assert event.case.state == "returned" and event.case.lapse_on == day + 90 * DAY
        same = versions.told(event.case.proposal)
        said = projects.stated(institution, title=same["Title"])
        refused(lambda: actions.register_resubmission(
            case, by=secretary, stated=said, upload=projects.paper()), "says the same")  # fmt: skip
        said["population"] = "Everybody aged 30."
        event = actions.register_resubmission(
            case, by=secretary, stated=said, upload=projects.paper()
        )
    case = event.case
    assert (case.state, case.version, case.lapse_on) == ("submitted", 2, None)
    changed = {"label": "Population", "old": "Everybody living in Denmark.",
               "new": "Everybody aged 30."}  # fmt: skip
    assert versions.beside(case.proposal) == [{"number": 1, "signed": False, "rows": [changed]}]
    assert ProposalVersion.objects.get(number=1).population == "Everybody living in Denmark."
    assert templates(case)[-2:] == ["proposal_return", "proposal_receipt"]


def test_refused_to_sign_drafted_anew_taken_back(owner, staff):
    institution, day = owner
    officer, secretary = staff["officer"], staff["secretary"]
    with at(day):
        case = projects.approved(projects.proposed(institution, staff).case, staff).case
        refused(lambda: actions.register_refusal_to_sign(
            case, by=secretary, signer=0, refused_on=day, **WHY), "Only a signatory")  # fmt: skip
        signer = projects.holder(institution, "signatory").pk
        event = actions.register_refusal_to_sign(
            case, by=secretary, signer=signer, refused_on=day, **WHY
        )
        assert event.case.state == "returned" and templates(case)[-1] == "signature_refused"
        said = projects.stated(institution, title="Narrower")
        event = actions.redraft(case, by=officer, stated=said, upload=projects.paper(), **WHY)
        assert (event.case.state, event.case.version) == ("in_assessment", 2)
        case = projects.approved(event.case, staff).case
        event = actions.take_back(case, by=officer, **WHY)
        assert event.case.state == "in_assessment"
        case = projects.approved(event.case, staff).case
        event = projects.signed(case, staff)
    assert event.case.state == "in_force" and ProjectPeriod.objects.get().version == 2


def test_closed_in_each_way_and_reopened_by_the_head(owner, staff):
    institution, day = owner
    officer, head = staff["officer"], staff["head"]
    with at(day):
        case = projects.proposed(institution, staff).case
        assert actions.reject(case, by=officer, **WHY).case.state == "rejected"
        assert actions.reopen(case, by=head, **WHY).case.state == "in_assessment"
        assert actions.withdraw(case, by=staff["secretary"], **WHY).case.state == "withdrawn"
        actions.reopen(case, by=head, **WHY)
        actions.return_(case, by=officer, **WHY)
        refused(lambda: actions.lapse(case, by=officer), "can lapse on")
    later = day + 90 * DAY
    with at(later):
        found = selectors.prepared(officer.person, {"officer"}, later)
        assert [row["pk"] for row in found] == [case.pk]
        assert actions.lapse(case, by=officer).case.state == "lapsed"
        assert not selectors.prepared(officer.person, {"officer"}, later).exists()
        other = projects.reproposed(case.project, institution, staff)
        refused(lambda: actions.reopen(case, by=head, **WHY), other.case.number)
    assert {"proposal_rejection", "proposal_reopening", "proposal_withdrawal", "proposal_lapse"} <= set(
        templates(case))  # fmt: skip


def test_undone_while_its_letter_waits(owner, staff, waiting):
    institution, day = owner
    secretary = staff["secretary"]
    with at(day):
        project = projects.project_in_force(institution, staff, title="First")
        later = projects.reproposed(project, institution, staff, title="Second").case
        done = projects.in_force(later, staff)
        event = undoing.undo(done.case, by=secretary)
        assert event.case.state == "approved"
        assert owning.period(project, clock.now()).version == 1
        assert ProjectPeriod.objects.known().count() == 1
        project.refresh_from_db()
        assert project.title == "First"
        first = projects.proposed(institution, staff)
        event = undoing.undo(first.case, by=secretary)
        assert event.case.state == "withdrawn" and Notice.objects.filter(
            case=first.case, recalled_at=None).count() == 0  # fmt: skip
        undone = first.case.project
        assert owning.owner(undone, clock.now()) is None
        refused(lambda: actions.reopen(first.case, by=staff["head"], **WHY), "No institution owns")
        third = projects.proposed(institution, staff).case.project
        assert third.number == undone.number + 1  # a number is never used again


def test_warned_of_the_end_once_each_and_catching_up(owner, staff):
    institution, day = owner
    with at(day):
        last = day + 200 * DAY
        project = projects.project_in_force(institution, staff, to_on=last)
        assert jobs.warn_ending() == 0
    for left, sent in ((90, 1), (89, 0), (30, 1), (30, 0), (5, 1), (1, 0)):
        with at(last - left * DAY):
            assert jobs.warn_ending() == sent, left
    case = ProposalCase.objects.get()
    assert templates(case).count("project_ending") == 3 and case.state == "in_force"
    with at(last - DAY):
        longer = projects.reproposed(project, institution, staff, title="Longer")
        projects.in_force(longer.case, staff)  # a year more: nothing is due
        assert jobs.warn_ending() == 0
    with at(last - DAY + 363 * DAY):  # every warning was missed: the letter names the day itself
        assert (jobs.warn_ending(), jobs.warn_ending()) == (1, 0)


def test_the_agreement_goes_to_those_who_are_signatories_still(owner, staff, client):
    institution, day = owner
    asked = {"by": staff["secretary"], "asked_as": "management", "asked_by": "The dean",
             "asked_on": day, "channel": "phone"}  # fmt: skip
    with at(day):
        roles.add_role(institution, name="Aage Aabye", mail="aage@uni.example", role="signatory",
                       from_on=day, **asked)  # fmt: skip
        holding = RoleHolding.objects.at(clock.now()).get(person__name="Aage Aabye")
        both = [projects.holder(institution, "signatory"), holding.person]
        case = projects.proposed(institution, staff, signatories=both).case
        actions.take_case(case, by=staff["officer"])
    with at(day + 3 * DAY):
        roles.end_role(institution, holding=holding.pk, last_on=day + DAY, **asked)
        client.force_login(staff["officer"])
        page = client.get(f"/project-cases/proposal/{case.number}/approve/").content.decode()
        assert both[0].mail in page and "aage@uni.example" not in page
        event = projects.approved(ProposalCase.objects.get(), staff)
    agreement = selectors.agreement(event.case)
    assert [one["name"] for one in agreement.context["signatories"]] == [both[0].name]
    assert agreement.notices.get().to_mail == both[0].mail
