"""Process 3: what a re-proposal is compared with, and what holds when its period comes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from fsesys.core import undoing, wording
from fsesys.core.people import User
from fsesys.core.refusal import Refused
from projects import jobs
from projects.proposal import actions, versions
from projects.proposal.models import ProposalCase
from tests import projects
from tests.integration.test_project_database import end
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY = dt.timedelta(days=1)
WHY = {"reason": "The reason, in a whole sentence."}


@pytest.fixture
def owner(walk_to):
    User.objects.update(language="en")
    walked = walk_to("authorised")
    return walked.case().institution, walked.day + DAY


def refused(act, *words):
    with pytest.raises(Refused) as error:
        act()
    said = " ".join(error.value.refusals)
    assert all(word in said for word in words), said


def changed(case) -> dict:
    """{number of the other version: labels of what the case's version changes against it}."""
    sides = versions.beside(ProposalCase.objects.get(pk=case.pk).proposal)
    return {side["number"]: [row["label"] for row in side["rows"]] for side in sides}


def dated(on, language="en") -> str:
    with translation.override(language):
        return wording.day(on)


def called(project) -> tuple:
    project.refresh_from_db()
    return project.title, project.contact.name, project.performer


def test_compared_with_what_both_signed_last(owner, staff, client):
    institution, day = owner
    officer, wide = staff["officer"], {"registers": ("BEF", "IND"), "title": "First"}
    with at(day):
        project = projects.project_in_force(institution, staff, title="First")
        case = projects.reproposed(project, institution, staff, **wide).case
        assert changed(case) == {1: ["Registers"]}
        actions.reject(case, by=officer, **WHY)
        case = projects.reproposed(project, institution, staff, **wide).case  # asked once more
        assert (case.version, changed(case)) == (3, {1: ["Registers"]})
        actions.withdraw(case, by=staff["secretary"], **WHY)
        refused(lambda: projects.reproposed(project, institution, staff, title="First"),
                "the same as version 1")  # fmt: skip
        client.force_login(staff["secretary"])
        url = f"/projects/{project.pk}/proposal/register_reproposal/"
        assert client.get(url).context["form"]["registers"].value() == "BEF 2000-2020: Needed."


def test_a_new_version_of_the_case_is_shown_against_both(owner, staff, client):
    institution, day = owner
    officer, said = staff["officer"], {"registers": ("BEF", "IND"), "title": "First"}
    with at(day):
        project = projects.project_in_force(institution, staff, title="First")
        case = projects.reproposed(project, institution, staff, **said).case
        case = actions.return_(actions.take_case(case, by=officer).case, by=officer, **WHY).case
        client.force_login(staff["secretary"])
        base = f"/project-cases/proposal/{case.number}/"
        form = client.get(f"{base}register_resubmission/").context["form"]
        assert "IND" in form["registers"].value()
        again = {"by": staff["secretary"], "upload": projects.paper()}
        refused(lambda: actions.register_resubmission(
            case, stated=projects.stated(institution, **said), **again), "same as version 2")  # fmt: skip
        stated = projects.stated(institution, **(said | {"title": "Second"}))
        actions.register_resubmission(case, stated=stated, **again)
        page = client.get(base).content.decode()
    assert changed(case) == {1: ["Title", "Registers"], 2: ["Title"]}
    assert "What version 3 changes against version 1, which both sides signed" in page
    assert "What version 3 changes against version 2<" in page


def test_what_ended_may_be_proposed_again_as_it_was(owner, staff):
    institution, day = owner
    with at(day):
        project = projects.project_in_force(institution, staff, title="First")
        again = {"title": "First", "to_on": day + 365 * DAY}
    with at(day + DAY):
        end(project, institution, staff)
        said = {"from_on": day, "received_on": day, **again}
        assert projects.reproposed(project, institution, staff, **said).case.version == 2


def test_what_was_never_signed_may_be_proposed_again_as_it_was(owner, staff):
    institution, day = owner
    with at(day):
        case = projects.proposed(institution, staff, title="First").case
        actions.withdraw(case, by=staff["secretary"], **WHY)
        again = projects.reproposed(case.project, institution, staff, title="First").case
    assert (again.version, changed(again)) == (2, {1: []})


def test_what_is_to_begin_again_is_not_listed_as_ended(owner, staff, client):
    institution, day = owner
    with at(day):
        project = projects.project_in_force(institution, staff, title="First", to_on=day + DAY)
        case = projects.reproposed(project, institution, staff, title="First",
                                   from_on=day + 9 * DAY).case  # fmt: skip
        projects.in_force(case, staff)
    client.force_login(staff["officer"])
    with at(day + 3 * DAY):
        assert str(project.number) in client.get("/projects/").content.decode()
        assert str(project.number) not in client.get("/projects/?state=ended").content.decode()
    with at(day + 999 * DAY):
        assert str(project.number) in client.get("/projects/?state=ended").content.decode()


def test_an_end_that_another_period_adjoins_is_no_end(owner, staff, client):
    institution, day = owner
    last, longer = day + 60 * DAY, day + 500 * DAY
    with at(day):
        project = projects.project_in_force(institution, staff, title="First", to_on=last)
    with at(day + DAY):
        case = projects.reproposed(project, institution, staff, title="Second",
                                   from_on=last + DAY, to_on=longer).case  # fmt: skip
        projects.in_force(case, staff)
        gap = projects.project_in_force(institution, staff, title="Gap", to_on=last)
        case = projects.reproposed(gap, institution, staff, title="Gap", from_on=last + 2 * DAY)
        projects.in_force(case.case, staff)
    client.force_login(staff["officer"])
    with at(day + 40 * DAY):
        assert jobs.warn_ending() == 1  # of the one that has a gap
        page = client.get(f"/projects/{project.pk}/").content.decode()
        assert f"Runs until {dated(longer)}" in page
        listed = client.get(f"/projects/?q={project.number}").content.decode()
        assert f"Runs until {dated(longer)}" in listed
        assert f"Runs until {dated(last)}" in client.get(f"/projects/{gap.pk}/").content.decode()
    with at(longer - 30 * DAY):
        assert jobs.warn_ending() == 1
    assert ProposalCase.objects.get(project=project, version=2).warned == 30


def test_warned_before_a_short_extension_begins(owner, staff):
    institution, day = owner
    last = day + 20 * DAY
    with at(day):
        project = projects.project_in_force(institution, staff, title="First", to_on=last)
        case = projects.reproposed(project, institution, staff, title="First", from_on=last + DAY,
                                   to_on=last + 3 * DAY).case  # fmt: skip
        projects.in_force(case, staff)
        assert jobs.warn_ending() == 1
    letter = case.documents.get(template="project_ending")
    assert letter.context["last_day"] == dated(last + 3 * DAY, institution.language)


def test_called_by_the_version_that_holds(owner, staff, walk_to, waiting):
    institution, day = owner
    walked = walk_to("authorised")
    other, day = walked.case().institution, max(day, walked.day + DAY)
    begins = day + 10 * DAY
    with at(day):
        project = projects.project_in_force(institution, staff, title="First", to_on=begins)
        said = {"title": "Second", "from_on": begins, "performer": other,
                "contact": {"name": "Søren Sø", "mail": "soren@uni.example"}}  # fmt: skip
        case = projects.reproposed(project, institution, staff, **said).case
        assert changed(case)[1][0] == "Title" and "Performer, if not the owner" in changed(case)[1]
        projects.in_force(case, staff)
        assert called(project) == ("First", "Rikke Ravn", None)
        assert jobs.follow_versions() == 0
    with at(day + DAY):
        event = end(project, institution, staff)
        assert called(project) == ("First", "Rikke Ravn", None)
        undoing.undo(event.case, by=staff["officer"])
    with at(begins):
        assert (jobs.follow_versions(), jobs.follow_versions()) == (1, 0)
        assert called(project) == ("Second", "Søren Sø", other)
    with at(begins + DAY):
        end(project, institution, staff)
        assert called(project) == ("Second", "Søren Sø", other)  # which both signed last


def test_performer_and_controller_stand_in_each_version(owner, staff, walk_to, client):
    institution, day = owner
    walked = walk_to("authorised")
    other, day = walked.case().institution, max(day, walked.day + DAY)
    client.force_login(staff["secretary"])
    with at(day):
        refused(lambda: projects.proposed(institution, staff, performer=institution),
                "only where they are not the owner")  # fmt: skip
        project = projects.project_in_force(institution, staff, title="First", controller=other)
        url = f"/projects/{project.pk}/proposal/register_reproposal/"
        form = client.get(url).context["form"]
        assert form["controller"].value() == other.authorisation_number
        two = f"{institution.authorisation_number} {other.authorisation_number}"
        page = client.post(url, {"performer": two}).content.decode()
        assert "Write one authorisation number only." in page
    with at(day + DAY):
        case = projects.reproposed(project, institution, staff, title="First", performer=other).case
        agreement = projects.approved(case, staff).case.documents.get(template="project_agreement")
        with translation.override(institution.language):
            assert agreement.context["performer"] == str(other)
        assert not agreement.context["controller"]
        projects.signed(case, staff)
        page = client.get(f"/projects/{project.pk}/")
    rows = [(row["version"], row.get("performer"), row.get("controller"))
            for row in page.context["page"]["periods"]]  # fmt: skip
    assert rows == [(1, None, other), (2, other, None)]
    project.refresh_from_db()
    assert (project.performer, project.controller) == (other, None)
