"""Pages of process 3: list, project, catalogue, and every form from the choice of the owner on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fsesys.core import clock
from fsesys.core.people import User
from fsesys.desk import search
from projects.proposal import actions, lines
from projects.proposal.models import ProposalCase, ProposalVersion
from projects.records import Project, ProjectOwner, ProjectPeriod, Register
from tests import projects
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY = dt.timedelta(days=1)


@pytest.fixture
def owner(walk_to):
    User.objects.update(language="en")
    walked = walk_to("authorised")
    return walked.case().institution, walked.day + DAY


def upload(name="p.pdf"):
    _name, kind, content = projects.paper(name)
    return SimpleUploadedFile(name, content, kind)


def typed(form, institution, day, **changed) -> dict:
    """The fields of the page of a proposal, filled in."""
    said = projects.stated(institution)
    texts = {name: value for name, value in said.items() if isinstance(value, str)}
    day = f"{day:%d-%m-%Y}"
    return texts | {
        "key": form["key"].value(), "seen": form["seen"].value(), "received_on": day,
        "approved_on": day, "first_on": day, "last_on": "24-12-2030", "impact_assessed": "yes",
        "contact_name": "Rikke Ravn", "contact_mail": "rikke@uni.example",
        "registers": "BEF 2000-2020: the population\nind 2010: income", "upload": upload(),
        "approvals": "Health Data Authority; F-1; 24-12-2030", "paragraph": "",
        "approval_files": upload("a.pdf"), "signatories": [said["signatories"][0].pk],
        "approved_by": said["approved_by"].pk, "scheme": "researcher",
        "officer": form.fields["officer"].queryset.first().pk if "officer" in form.fields else "",
    } | changed  # fmt: skip


def test_from_the_owner_to_the_project(owner, staff, client):
    institution, day = owner
    client.force_login(staff["secretary"])
    with at(day):
        listed = client.get("/projects/").content.decode()
        assert "/projects/register/" in listed and "No project matches" in listed
        assert client.get("/projects/register/").status_code == 200
        chosen = client.get(f"/projects/register/?owner={institution.pk}")
        url = chosen.url
        assert url == f"/projects/register/{institution.pk}/"
        form = client.get(url).context["form"]
        wrong = client.post(url, typed(form, institution, day, registers="XYZ: why"))
        assert wrong.status_code == 422 and "no register XYZ" in wrong.content.decode()
        wrong = client.post(url, typed(form, institution, day, last_on="1-1-2020"))
        assert wrong.status_code == 409 and not Project.objects.exists()
        wrong = client.post(url, typed(form, institution, day, approvals=""))
        assert "More files than new lines of approvals" in wrong.content.decode()
        done = client.post(url, typed(form, institution, day))
        assert done.status_code == 303, done.content.decode()
        case = ProposalCase.objects.get()
        assert done.url == f"/project-cases/proposal/{case.number}/"
        rows = case.proposal.registers.values_list("register__name", "year_from", "year_to")
        assert list(rows) == [("BEF", 2000, 2020), ("IND", 2010, 2010)]
        assert case.proposal.approvals.get().document.title.startswith("Approval of Health")
        for part in ("", "withdraw/", "diagram.svg", "note/", "case_file/"):
            assert client.get(done.url + part).status_code == 200, part
        client.force_login(staff["officer"])
        assert client.get("/projects/register/").status_code == 403
        assert client.get(url).status_code == 403
        work = client.get("/").content.decode()
        assert case.number in work and "take_case" in work
        assert f"{done.url}take_case/" in client.get(done.url).content.decode()
        case = projects.approved(case, staff).case
        for verb in ("take_back", "redraft", "reject"):
            assert client.get(f"{done.url}{verb}/").status_code == 200, verb
        client.force_login(staff["secretary"])
        for verb in ("register_signature", "register_refusal_to_sign"):
            assert client.get(f"{done.url}{verb}/").status_code == 200, verb


def test_a_returned_proposal_is_typed_on_and_shown_beside_the_last(owner, staff, client):
    institution, day = owner
    with at(day):
        case = projects.proposed(institution, staff, title="Life courses").case
        actions.take_case(case, by=staff["officer"])
        client.force_login(staff["officer"])
        base = f"/project-cases/proposal/{case.number}/"
        for verb in ("ask", "approve", "return"):
            assert client.get(f"{base}{verb}/").status_code == 200, verb
        actions.return_(case, by=staff["officer"], reason="Too wide.")
        client.force_login(staff["secretary"])
        url = f"{base}register_resubmission/"
        form = client.get(url).context["form"]
        assert form["title"].value() == "Life courses"
        assert form["registers"].value() == "BEF 2000-2020: Needed."
        data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
        data |= {"upload": upload(), "approved_on": f"{day:%d-%m-%Y}", "approved_channel": "portal",
                 "registers": "BEF 2000-2020: Needed.\nUDDA: schooling"}  # fmt: skip
        data.pop("approval_files", None)
        for name in ("received_on", "first_on", "last_on"):
            data[name] = f"{data[name]:%d-%m-%Y}"
        done = client.post(url, data)
        assert done.status_code == 303, done.content.decode()
        page = client.get(base).content.decode()
    assert "What version 2 changes" in page and "UDDA: schooling" in page
    assert ProposalCase.objects.get().version == 2


def test_a_renewed_approval_comes_with_its_document(owner, staff, client):
    institution, day = owner
    number = {"source": "Health Data Authority", "number": "F-1"}
    old = number | {"expires_on": day + DAY, "upload": projects.paper("old")}
    with at(day):
        case = projects.proposed(institution, staff, approvals=[old]).case
        actions.take_case(case, by=staff["officer"])
        actions.return_(case, by=staff["officer"], reason="Renew it.")
        client.force_login(staff["secretary"])
        url = f"/project-cases/proposal/{case.number}/register_resubmission/"
        form = client.get(url).context["form"]
        renewed = typed(form, institution, day, registers="BEF 2000-2020: Needed.")
        done = client.post(url, renewed)
        assert done.status_code == 303, done.content.decode()
        case = actions.take_case(ProposalCase.objects.get(), by=staff["officer"]).case
        file = case.proposal.approvals.get().document
        assert (
            file
            and file.file != ProposalVersion.objects.get(number=1).approvals.get().document.file
        )
        again = actions.return_(case, by=staff["officer"], reason="And again.").case
        said = projects.stated(institution, approvals=[
            number | {"expires_on": day + 900 * DAY, "upload": None}])  # fmt: skip
        case = actions.register_resubmission(
            again, by=staff["secretary"], stated=said, upload=projects.paper()
        ).case
        assert case.proposal.approvals.get().document is None  # the old one does not show it


def test_list_filters_export_and_search(owner, staff, client):
    institution, day = owner
    with at(day):
        running = projects.project_in_force(institution, staff, title="Births and deaths",
                                            to_on=day + 30 * DAY)  # fmt: skip
        waits = projects.proposed(institution, staff, title="Wages").case.project
    client.force_login(staff["auditor"])

    def listed(query, on=day):
        with at(on):
            page = client.get(f"/projects/?{query}").content.decode()
        return [one.number for one in (running, waits) if str(one.number) in page]

    assert listed("") == [running.number, waits.number]
    assert listed("state=running") == [running.number]
    assert listed("state=assessment") == [waits.number]
    assert listed("state=ended", day + 31 * DAY) == [running.number]
    assert listed("state=running", day + 31 * DAY) == []
    assert listed("scheme=thesis") == [] and listed("q=wag") == [waits.number]
    name = institution.name_da.split()[0]
    assert listed(f"q={name}") == listed(f"owner={name}") == [running.number, waits.number]
    assert listed(f"q={running.number}") == [running.number]
    with at(day):
        rows = b"".join(client.get("/projects/?export=csv")).decode()
        assert "Births and deaths" in rows and "Runs until" in rows
        assert client.get("/projects/?sort=ends").status_code == 200
        answer = client.get("/projects/?export=xlsx")
        assert answer.getvalue()[:2] == b"PK"
        for close in answer._resource_closers:
            close()
        hits = [hit for hit in search.find("births") if hit["url"] == f"/projects/{running.pk}/"]
        assert hits and "Runs until" in hits[0]["state"]
        assert [hit for hit in search.find(str(waits.number)) if "/projects/" in hit["url"]]


def test_the_page_of_a_project(owner, staff, client):
    institution, day = owner
    with at(day):
        project = projects.project_in_force(institution, staff, to_on=day + 30 * DAY)
        again = projects.reproposed(project, institution, staff).case
    url = f"/projects/{project.pk}/"
    client.force_login(staff["secretary"])
    with at(day):
        page = client.get(url).content.decode()
        assert "Runs until" in page and "in assessment" in page and again.number in page
        assert "BEF" in page and institution.name in page and "Rikke Ravn" in page
        opening = f"{url}proposal/register_reproposal/"
        assert client.get(opening).status_code == 200
        assert client.get(f"{url}proposal/register_proposal/").status_code == 404
        assert client.get("/projects/9999/").status_code == 404
    with at(day + 31 * DAY):
        page = client.get(url).content.decode()
        assert "Ended on" in page and "No data may be used today" in page


def test_pages_cost_the_same_however_much_there_is(owner, staff, client):
    institution, day = owner
    client.force_login(staff["secretary"])

    def queries(url):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    with at(day):
        project = projects.project_in_force(institution, staff)
        url = f"/projects/{project.pk}/"
        case = ProposalCase.objects.get()
        urls = ("/projects/", url, f"/project-cases/proposal/{case.number}/")
        client.get(url)  # what is asked once per session
        before = [queries(one) for one in urls]
        registers = ("BEF", "IND", "UDDA", "FAM", "RAS")
        for _n in range(3):
            again = projects.reproposed(project, institution, staff, registers=registers)
            projects.in_force(again.case, staff)
            projects.proposed(institution, staff)
        assert [queries(one) for one in urls] == before
        assert before[0] <= 10 and before[1] <= 45 and before[2] <= 45, before


def test_a_project_without_structured_text_gets_it_with_its_first_reproposal(owner, staff, client):
    institution, day = owner
    with at(day):
        first = projects.project_in_force(institution, staff)
        case = ProposalCase.objects.get()
        now = clock.now()
        stamp = {"case": case, "from_at": now, "recorded_at": now, "recorded_by": case.responsible}
        old = Project.objects.create(
            number=708421, title="From the old register", scheme="researcher", legacy=True,
            officer=staff["officer"].person,
        )  # fmt: skip
        ProjectOwner.objects.create(project=old, institution=institution, **stamp)
        ProjectPeriod.objects.create(
            project=old, version=1, to_at=now + dt.timedelta(days=30), **stamp
        )
        client.force_login(staff["secretary"])
        page = client.get(f"/projects/{old.pk}/").content.decode()
        assert "asked for at the first re-proposal" in page
        assert client.get(f"/projects/{old.pk}/proposal/register_reproposal/").status_code == 200
        event = projects.reproposed(old, institution, staff)
        assert event.case.version == 2  # the first ran without text
        projects.in_force(event.case, staff)
        old.refresh_from_db()
        assert not old.legacy and ProjectPeriod.objects.at(clock.now()).count() == 2
        after = projects.proposed(institution, staff).case.project
        assert (first.number, after.number) == (700001, 708422)  # after the highest there is


def test_the_catalogue(staff, client):
    client.force_login(staff["officer"])
    User.objects.update(language="en")
    page = client.get("/registers/").content.decode()
    assert "General enterprise statistics" in page and "BEF" in page
    assert client.get("/registers/?restricted=yes").content.decode().count("<tr") == 6
    assert client.get("/admin/projects/register/").status_code == 200
    pk = Register.objects.get(name="FIRM").pk
    assert client.get(f"/admin/projects/register/{pk}/change/").status_code == 200


@pytest.mark.parametrize("read, text, words", [
    (lines.registers, "BEF", "can not be read"), (lines.registers, "NOPE 2000: x", "no register"),
    (lines.approvals, "Health", "can not be read"), (lines.approvals, "A; 1; soon", "day-month"),
    (lines.institutions, "99", "authorisation number 99"),
])  # fmt: skip
def test_lines_that_can_not_be_read_say_why(read, text, words):
    with pytest.raises(ValueError, match=words):
        read(text)


def test_lines_are_read_and_written_alike(owner, staff):
    institution, day = owner
    with at(day):
        version = projects.proposed(institution, staff, registers=("BEF", "IND")).case.proposal
    text = lines.as_registers(version.registers.all())
    rows = lines.registers(text)
    assert [(r["register"].name, r["year_from"], r["year_to"]) for r in rows] == [
        ("BEF", 2000, 2020), ("IND", 2000, 2020)]  # fmt: skip
    (open_ended,) = lines.registers("bef 2000-: all")
    assert (open_ended["year_from"], open_ended["year_to"]) == (2000, None)
    assert lines.institutions(f"{institution.authorisation_number}, ") == [institution]
