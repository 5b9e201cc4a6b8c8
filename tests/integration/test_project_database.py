"""Project databases and their subprojects: domain.md 0.1, 0.2, 3.5 and 11."""

from __future__ import annotations

import datetime as dt

import pytest

from fsesys.core import clock, dependants, parameters, pending, roles, undoing
from fsesys.core.people import User
from fsesys.core.refusal import NotYours, Refused
from institutions.records import Institution
from projects.ending import actions as ending
from projects.ending.models import EndingCase
from projects.proposal import actions
from projects.proposal.models import ProposalCase
from projects.records import DATABASE, Project
from tests import projects
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY = dt.timedelta(days=1)
WHY = {"reason": "The reason, in a whole sentence."}


@pytest.fixture
def owner(walk_to):
    """An institution that is authorised to project databases, and the day after."""
    User.objects.update(language="en")
    walked = walk_to("authorised")
    institution = walked.case().institution
    Institution.objects.filter(pk=institution.pk).update(schemes=["researcher", DATABASE])
    return Institution.objects.get(pk=institution.pk), walked.day + DAY


def refused(act, *words):
    with pytest.raises(Refused) as error:
        act()
    said = " ".join(error.value.refusals)
    assert all(word in said for word in words), said


def database(institution, staff, **said):
    """A project database in force."""
    case = projects.proposed(institution, staff, scheme=DATABASE, **said).case
    return projects.signed(projects.confirmed(case, staff).case, staff).case.project


def subproject(base, institution, staff, scheme=DATABASE):
    """A subproject registered: the case."""
    return actions.register_proposal(
        institution, by=staff["secretary"], officer=staff["officer"].person, scheme=scheme,
        upload=projects.paper(), stated=projects.stated(institution), database=base,
    ).case  # fmt: skip


def end(project, institution, staff):
    listed = [row.key for row in dependants.of(project.subject_key, clock.now())]
    return ending.end_project(
        project, by=staff["officer"], upload=projects.paper("word"), listed=listed, confirmed=True,
        said_by=projects.holder(institution, "signatory"), said_on=clock.today(), **WHY,
    )  # fmt: skip


def test_the_head_approves_each_project_database(owner, staff, client):
    institution, day = owner
    with at(day):
        case = projects.proposed(institution, staff, scheme=DATABASE).case
        waits = projects.proposal_of_approval(case, staff)
        officer, head = staff["officer"].person, staff["head"].person
        for person, found in ((officer, []), (head, [waits])):
            assert pending.waiting_for(person, roles.held(person)) == found
        with pytest.raises(NotYours):
            pending.confirm(waits, by=staff["chief"])
        client.force_login(staff["head"])
        assert str(waits.pk) in client.get("/").content.decode()
        event = pending.confirm(waits, by=staff["head"])
        assert (event.case.state, event.role, event.proposed_by) == ("approved", "head", officer)
        agreement = event.case.documents.get(template="project_agreement")
        assert agreement.context["signed_by"] == head.name
        plain = projects.proposed(institution, staff).case
        assert projects.approved(plain, staff).case.state == "approved"  # by the officer alone


def test_one_database_on_whichever_road_it_comes(owner, staff, monkeypatch):
    institution, day = owner
    head, said = staff["head"], "has a project database already"
    with at(day):
        first = projects.proposed(institution, staff, scheme=DATABASE).case
        actions.reject(first, by=staff["officer"], **WHY)
        base = database(institution, staff, from_on=day + 5 * DAY)  # it begins later
        refused(lambda: projects.proposed(institution, staff, scheme=DATABASE), said)
        refused(lambda: actions.reopen(first, by=head, **WHY), said, str(base.number))
        refused(lambda: projects.reproposed(first.project, institution, staff), said)
        again = projects.reproposed(base, institution, staff, title="Anew").case  # it is the one
        projects.signed(projects.confirmed(again, staff).case, staff)
        name = "max_project_databases_per_institution"
        words = parameters.DEFAULTS[name][1]
        monkeypatch.setitem(parameters.DEFAULTS, name, (2, words))
        actions.reopen(first, by=head, **WHY)
        monkeypatch.setitem(parameters.DEFAULTS, name, (1, words))
        case = ProposalCase.objects.get(pk=first.pk)
        refused(lambda: projects.approved(case, staff), said)


def test_a_subproject_hangs_on_its_database(owner, staff, client, waiting):
    institution, day = owner
    with at(day):
        proposed = projects.proposed(institution, staff, scheme=DATABASE).case
        base = proposed.project
        refused(lambda: subproject(base, institution, staff, "researcher"),
                "proposed under the scheme")  # fmt: skip
        sub = subproject(base, institution, staff)
        refused(lambda: projects.approved(sub, staff), str(base.number), "must be signed first")
        projects.signed(projects.confirmed(proposed, staff).case, staff)
        sub = projects.in_force(ProposalCase.objects.get(pk=sub.pk), staff).case.project
        later = projects.approved(subproject(base, institution, staff), staff).case
    with at(day + DAY):
        rows = {row.key for row in dependants.of(base.subject_key, clock.now())}
        assert rows == {f"subproject:{sub.pk}", f"subproject:{later.project_id}"}
        client.force_login(staff["officer"])
        page = client.get(f"/projects/{base.pk}/project_end/end_project/").content.decode()
        assert f"Subproject {sub}" in page
        event = end(base, institution, staff)
        asked = EndingCase.objects.get(project=sub)
        assert asked.state == "awaiting_decision" and event.case.number in asked.story[0].reason
        assert dependants.tasked().filter(case=later.pk).exists()
        refused(lambda: projects.signed(later, staff), "must be signed first")
        refused(lambda: projects.reproposed(sub, institution, staff), "must be signed first")
        undoing.undo(event.case, by=staff["officer"])
        assert projects.signed(later, staff).case.state == "in_force"
        assert asked.events.filter(reason__contains="stands again").exists()
    assert Project.objects.filter(database=base).count() == 2
