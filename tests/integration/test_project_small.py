"""The small processes of a project: hold, allowed institution, exemption, early end."""

from __future__ import annotations

import datetime as dt

import pytest

from fsesys.core import clock, dependants, undoing
from fsesys.core.people import User
from fsesys.core.refusal import NotYours, Refused
from institutions.records import EnterpriseRight
from institutions.termination import actions as terminations
from projects import jobs, owning
from projects.allowing import actions as allowing
from projects.ending import actions as ending
from projects.ending.models import EndingCase
from projects.exempting import actions as exempting
from projects.hold import actions as holds
from projects.proposal.models import ProposalCase
from projects.records import AllowedInstitution, DataBasis, Exemption, ProjectHold, ProjectPeriod
from tests import projects
from tests.integration.test_corrected_research import told, two
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY = dt.timedelta(days=1)
WHY = {"reason": "The reason, in a whole sentence."}


@pytest.fixture
def running(walk_to, staff):
    """(a project in force, its owner, the day)."""
    User.objects.update(language="en")
    walked = walk_to("authorised")
    institution, day = walked.case().institution, walked.day + DAY
    with at(day):
        return projects.project_in_force(institution, staff), institution, day


def refused(act, *words):
    with pytest.raises(Refused) as error:
        act()
    said = " ".join(error.value.refusals)
    assert all(word in said for word in words), said


def word(institution, **typed) -> dict:
    """The owner's word of today, by its signatory."""
    return WHY | {"said_by": projects.holder(institution, "signatory"), "said_on": clock.today(),
                  "upload": projects.paper("word"), "channel": "mail"} | typed  # fmt: skip


def listed(project) -> dict:
    keys = [row.key for row in dependants.of(project.subject_key, clock.now())]
    return {"listed": keys, "confirmed": True}


def letters(case):
    return list(
        case.documents.exclude(template="").order_by("pk").values_list("template", flat=True)
    )


def test_a_hold_on_a_project(running, staff, client):
    project, _institution, day = running
    head, url = staff["head"], f"/projects/{project.pk}/"
    client.force_login(head)
    with at(day):
        with pytest.raises(NotYours):
            holds.place_hold(project, by=staff["officer"], cause="Breach", condition="x", **WHY)
        case = holds.place_hold(project, by=head, cause="Breach", condition="Paid", **WHY).case
        page = client.get(url).content.decode()
        assert "On hold since" in page and "until: Paid" in page
        assert "On hold since" in client.get("/projects/?state=held").content.decode()
        assert client.get(f"/project-cases/project_hold/{case.number}/").status_code == 200
        holds.prolong(case, by=head, until_on=day + DAY, **WHY)
        assert owning.period(project, clock.now())  # the project itself runs on
    with at(day + 2 * DAY):
        assert "On hold since" not in client.get(url).content.decode()
        jobs.project_holds_over()
        case.refresh_from_db()
        assert case.state == "ended"
        again = holds.place_hold(project, by=head, cause="Breach", condition="x", **WHY).case
        holds.lift_hold(again, by=head, **WHY)
        assert not ProjectHold.objects.at(clock.now()).exists()
    assert letters(case) == ["project_hold", "project_hold_prolonged"]
    assert letters(again) == ["project_hold", "project_hold_lifted"]


def test_another_institution_is_allowed_and_no_more(running, staff, walk_to, client):
    project, institution, day = running
    walked = walk_to("authorised")
    other, day = walked.case().institution, max(day, walked.day + DAY)
    officer = {"by": staff["officer"]}
    with at(day):
        refused(lambda: allowing.disallow_institution(
            project, member=other, **officer, **word(institution)), "No other institution")  # fmt: skip
        refused(lambda: allowing.allow_institution(
            project, member=institution, **officer,
            **word(institution, said_by=staff["head"].person)),
            "gives its word", "may work on the project anyway")  # fmt: skip
        event = allowing.allow_institution(project, member=other, **officer, **word(institution))
        assert event.case.closed_at and letters(event.case) == ["institution_allowed"]
        assert event.case.documents.filter(kind="letter", template="").count() == 1
        refused(lambda: allowing.allow_institution(
            project, member=other, **officer, **word(institution)), "allowed on the project already")  # fmt: skip
        client.force_login(staff["officer"])
        url = f"/projects/{project.pk}/"
        page = client.get(url).content.decode()
        assert "Institutions allowed beside the owner" in page
        for verb in ("allow_institution", "disallow_institution"):
            assert client.get(f"{url}allowed_institution/{verb}/").status_code == 200, verb
        allowing.disallow_institution(project, member=other, **officer, **word(institution))
        assert not AllowedInstitution.objects.at(clock.now()).exists()


def test_the_chief_statistician_exempts(running, staff, client):
    project, institution, day = running
    chief = {"by": staff["chief"], **WHY}
    with at(day):
        with pytest.raises(NotYours):
            exempting.exempt(project, by=staff["head"], **WHY)
        refused(lambda: exempting.end_exemption(project, **chief), "no exemption that runs")
        event = exempting.exempt(project, **chief)
        assert owning.exempted(project, clock.now()) and event.case.state == "exempted"
        refused(lambda: exempting.exempt(project, **chief), "exempted already")
        client.force_login(staff["chief"])
        assert (
            "Exemption for enterprise data"
            in client.get(f"/projects/{project.pk}/").content.decode()
        )
        assert client.get(f"/projects/{project.pk}/exemption/end_exemption/").status_code == 200
        exempting.end_exemption(project, **chief)
        assert not owning.exempted(project, clock.now()) and Exemption.objects.count() == 1
        assert exempting.refuse_exemption(project, **chief).case.state == "refused"
        EnterpriseRight.objects.filter(institution=institution).update(retracted_at=clock.now())
        refused(lambda: exempting.exempt(project, **chief), "can not ask for an exemption")


def test_ended_early_on_the_owners_word(running, staff, client, waiting):
    project, institution, day = running
    officer = {"by": staff["officer"]}
    with at(day + DAY):
        open_case = projects.reproposed(project, institution, staff).case
        said = word(institution)
        refused(lambda: ending.end_project(project, **officer, **said), "has changed since")
        client.force_login(staff["officer"])
        url = f"/projects/{project.pk}/project_end/end_project/"
        assert open_case.number in client.get(url).content.decode()
        event = ending.end_project(project, **officer, **said, **listed(project))
        assert event.facts["dependants"] == [f"case:{open_case.pk}"]
        assert not ProjectPeriod.objects.at(clock.now()).exists()
        assert not DataBasis.objects.at(clock.now()).exists()
        assert ProjectPeriod.objects.known().get().to_at == event.at
        assert "Ended on" in client.get(f"/projects/{project.pk}/").content.decode()
        assert dependants.tasked().filter(case=open_case.pk).exists()
        refused(lambda: ending.end_project(project, **officer, **word(institution), **listed(project)),
                "nothing to end")  # fmt: skip
        undoing.undo(event.case, by=staff["officer"])
        assert owning.period(project, clock.now()) and DataBasis.objects.at(clock.now()).exists()


def test_the_end_of_an_authorisation_lists_its_projects(running, staff, client):
    project, institution, day = running
    with at(day):
        second = projects.proposed(institution, staff).case
    with at(day + DAY):
        rows = dependants.of(institution.subject_key, clock.now())
        keys = {row.key for row in rows}
        assert {f"project:{project.pk}", f"project:{second.project_id}"} <= keys
        terminations.terminate(institution, by=staff["chief"], listed=sorted(keys), confirmed=True,
                               **WHY)  # fmt: skip
        case = EndingCase.objects.get()
        assert (case.project, case.state, case.responsible) == (
            project, "awaiting_decision", staff["officer"].person)  # fmt: skip
        assert dependants.tasked().filter(case=second.pk).exists()
        assert owning.period(project, clock.now())  # whether it ends is decided by a person
        client.force_login(staff["officer"])
        url = f"/project-cases/project_end/{case.number}/"
        assert case.number in client.get("/").content.decode()
        for part in ("", "confirm_end/", "keep_project/"):
            assert client.get(url + part).status_code == 200, part
        refused(lambda: projects.approved(ProposalCase.objects.get(pk=second.pk), staff),
                "is not authorised today")  # fmt: skip
        keys = dependants.of(project.subject_key, clock.now(), but=case.pk)
        done = ending.confirm_end(case, by=staff["officer"], confirmed=True,
                                  listed=[row.key for row in keys], **WHY)  # fmt: skip
        assert done.case.state == "project_ended" and not owning.period(project, clock.now())


def test_asked_and_let_go_on(running, staff):
    project, _institution, day = running
    with at(day):
        case = ending.ask_for_decision(project, reason="Asked.").case
        assert ending.keep_project(case, by=staff["officer"], **WHY).case.state == "kept"
        assert owning.period(project, clock.now())


def test_the_day_of_the_owners_word_is_corrected(running, staff):
    project, institution, day = running
    with at(day + DAY):
        case = ending.end_project(project, by=staff["officer"], **word(institution),
                                  **listed(project)).case  # fmt: skip
    with at(day + 2 * DAY):
        assert "Only somebody who could speak" in told(case, staff, "said_on", dt.date(2020, 1, 1))
        assert "after today" in told(case, staff, "said_on", day + 9 * DAY)
        two(case, staff, "said_on", day)
    assert EndingCase.objects.get(pk=case.pk).said_on == day
