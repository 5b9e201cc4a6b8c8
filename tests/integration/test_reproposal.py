"""Process 3: what a re-proposal is compared with, and what holds when its period comes."""

from __future__ import annotations

import datetime as dt

import pytest

from fsesys.core.people import User
from fsesys.core.refusal import Refused
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
