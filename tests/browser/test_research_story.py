"""The story goes on: two researchers, their tests, a project, their accesses, and who has them when.

The clock is moved for the whole process, so that what happened yesterday can be asked about.
"""

from __future__ import annotations

import datetime as dt

import pytest

from fsesys.core import clock
from fsesys.desk.demo import applications
from institutions.records import RoleHolding
from projects.grant.models import GrantCase
from projects.proposal.models import ProposalCase
from projects.records import Project
from researchers.association.models import AssociationCase
from researchers.certification.models import CertificationCase
from tests.browser.test_axe import look  # noqa: F401

GUEST, EMPLOYEE = "Gustav Gæst", "Rikke Ravn"


@pytest.fixture
def time(monkeypatch, walk_to):
    """(the walked institution, set): `set(days, hour)` moves everybody's clock."""
    walked = walk_to("authorised")
    at = {"now": None}
    monkeypatch.setattr(clock, "read", lambda: at["now"])

    def put(days, hour=10):
        at["now"] = clock.midnight(walked.day + dt.timedelta(days=days)) + dt.timedelta(hours=hour)

    put(1)
    return walked, put


def holder(institution, role):
    rows = RoleHolding.objects.known().filter(institution=institution, role=role)
    return rows.select_related("person").first().person


def written(day):
    return f"{day:%d-%m-%Y}"


def associated(secretary, institution, name, kind, answerable=None):
    """A request, the institution's approval and the signed agreement, as a secretary registers them."""
    secretary.open(f"/institutions/{institution.pk}/association/register_request/")
    for field, value in {
        "name": name, "birth_year": 1985, "citizenship": "DK", "country": "DK",
        "mail": f"{name.split()[0].lower()}@{institution.mail_domains[0]}",
        "received_on": written(clock.today()),
    }.items():  # fmt: skip
        secretary.type(field, value)
    secretary.choose("type", kind)
    if answerable:
        secretary.choose("answerable", answerable.pk)
    for field in ("agreement", "declaration"):
        secretary.attach(field, applications.pdf(f"{field} {name}", f"{field}.pdf"))
    secretary.press()
    case = AssociationCase.objects.select_related("person").get(person__name=name)
    page = f"/association-cases/association/{case.number}/"
    secretary.at(page)
    secretary.open(f"{page}register_approval/")
    secretary.choose("answered_by", holder(institution, "responsible").pk)
    secretary.type("answered_on", written(clock.today()))
    secretary.choose("channel", "mail")
    secretary.attach("upload", applications.pdf(f"approval {name}", "approval.pdf"))
    secretary.press()
    secretary.at(page)
    secretary.open(f"{page}activate/")
    secretary.attach("upload", applications.pdf(f"signed {name}", "signed.pdf"))
    secretary.choose("road", "scan")
    secretary.choose("signer", case.person_id)
    secretary.type("signed_on", written(clock.today()))
    secretary.choose("proof", "passport")
    secretary.type("proof_on", written(clock.today()))
    options = secretary.page.locator("select[name=proof_by] option")
    secretary.choose("proof_by", options.nth(1).get_attribute("value"))
    secretary.press()
    secretary.at(page)
    return AssociationCase.objects.select_related("person__researcher").get(pk=case.pk)


def certified(secretary, idents):
    """The portal's results, from its CSV."""
    rows = "".join(f"{ident};{written(clock.today())};10;2026\n" for ident in idents)
    text = f"ident;taken_on;correct;rules_version\n{rows}"
    secretary.open("/admin/researchers/certificationcase/import/")
    secretary.page.locator("input[type=file]").set_input_files(
        {"name": "resultater.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    secretary.page.locator("button[type=submit].default").click()
    secretary.type("reason", "Portalens resultater")
    secretary.page.locator("button[type=submit].default").click()
    secretary.page.wait_for_url("**/certificationcase/")
    assert CertificationCase.objects.filter(state="passed").count() == len(idents)


def proposed(secretary, institution, officer):
    """A proposal with three registers, as a secretary registers it."""
    secretary.open(f"/projects/register/{institution.pk}/")
    said = {
        "title": "Skolegang og løn", "purpose": "Forskning i skolegang.",
        "description": "Vi følger årgange fra skole til arbejde.", "importance": "Bedre skoler.",
        "population": "Alle født 1980-2000.", "outputs": "To artikler.",
        "registers": "BEF 2000-2020: årgangene\nUDDA 2000-2020: skolegang\nIND 2000-2020: løn",
        "legal_basis": "Databeskyttelsesloven § 10", "impact_reason": "Følsomme data",
        "benefit": "Bedre undervisning", "contact_name": "Karin Kontakt",
        "contact_mail": f"karin@{institution.mail_domains[0]}",
        "first_on": written(clock.today()), "received_on": written(clock.today()),
        "last_on": written(clock.today() + dt.timedelta(days=700)),
        "approved_on": written(clock.today()),
    }  # fmt: skip
    for field, value in said.items():
        secretary.type(field, value)
    secretary.choose("scheme", "researcher")
    secretary.choose("officer", officer.person_id)
    secretary.choose("impact_assessed", "yes")
    finish(secretary, institution, 1)
    return ProposalCase.objects.select_related("project").get()


def finish(secretary, institution, version):
    """What every version asks for: who signs, who approved it there, and the paper."""
    secretary.choose("signatories", holder(institution, "signatory").pk)
    secretary.choose("approved_by", holder(institution, "administrator").pk)
    secretary.type("approved_on", written(clock.today()))
    secretary.choose("approved_channel", "mail")
    secretary.attach("upload", applications.pdf(f"proposal {version}", "indstilling.pdf"))
    secretary.press()
    said = secretary.page.locator("[role=alert]").all_inner_texts()
    assert "/register" not in secretary.page.url, said


def put_in_force(secretary, officer, institution):
    """Returned once, sent in again, assessed, approved, and signed by the institution."""
    case = proposed(secretary, institution, officer.user)
    page = f"/project-cases/proposal/{case.number}/"

    def step(hands, verb, **typed):
        hands.open(f"{page}{verb}/")
        for name, value in typed.items():
            hands.type(name, value)
        hands.press()
        hands.at(page)

    step(officer, "take_case")
    step(officer, "return", reason="Sig, hvorfor lønnen er nødvendig.")
    secretary.open(f"{page}register_resubmission/")
    secretary.type("purpose", "Forskning i skolegang og den løn, den giver.")
    secretary.type("last_on", written(clock.today() + dt.timedelta(days=700)))
    finish(secretary, institution, 2)
    step(officer, "take_case")
    officer.open(f"{page}approve/")
    for radio in officer.page.locator("input[type=radio][value=met]").all():
        radio.check()
    officer.type("text", "Velbegrundet.")
    officer.press()
    officer.at(page)
    secretary.open(f"{page}register_signature/")
    secretary.attach("upload", applications.pdf("signed project", "underskrevet.pdf"))
    secretary.choose("road", "scan")
    secretary.choose("signer", holder(institution, "signatory").pk)
    secretary.type("signed_on", written(clock.today()))
    secretary.press()
    secretary.at(page)
    assert "I kraft" in secretary.text(), secretary.text()[:1000]
    return Project.objects.get()


def test_two_researchers_a_project_and_who_has_access_when(time, as_user, staff, look):  # noqa: F811
    walked, put = time
    institution = walked.case().institution
    secretary, officer = as_user("secretary"), as_user("officer")
    officer.user = staff["officer"]
    employee = associated(secretary, institution, EMPLOYEE, "employee")
    guest = associated(secretary, institution, GUEST, "guest", employee.person)
    idents = [case.person.researcher.ident for case in (employee, guest)]
    assert all(idents) and "Velkommen" not in idents
    certified(secretary, idents)
    project = put_in_force(secretary, officer, institution)

    secretary.open(f"/projects/{project.pk}/people/")
    secretary.type("idents", " ".join(idents))
    secretary.choose("asked_by", holder(institution, "administrator").pk)
    secretary.type("asked_on", written(clock.today()))
    secretary.press()
    assert GrantCase.objects.filter(state="requested").count() == 2, secretary.text()[:1500]
    look.at(officer, f"/projects/{project.pk}/people/")
    for label in officer.page.locator("label[for^='grant-']").all():
        label.click()
    officer.page.locator("form:has(input[value=decide]) button.go").click()
    officer.page.wait_for_load_state()
    assert GrantCase.objects.filter(state="granted").count() == 2, officer.text()[:1500]

    put(2)
    yesterday = clock.today() - dt.timedelta(days=1)
    secretary.open(f"/association-cases/association/{guest.number}/end/")
    assert "Skolegang og løn" in secretary.text()  # what would break
    secretary.choose("asked_by", holder(institution, "responsible").pk)
    secretary.type("asked_on", written(clock.today()))
    secretary.choose("channel", "mail")
    secretary.type("end_reason", "Gæsten er rejst hjem")
    secretary.page.locator("input[name=confirmed]").check()
    secretary.press()
    secretary.at(f"/association-cases/association/{guest.number}/")

    def asked(query):
        officer.open(f"/access/?project={project.number}&closed=on{query}")
        rows = officer.page.locator("table.dense tbody tr").all()
        for row in rows:
            row.locator("details").evaluate("d => d.open = true")
        return {ident: next(row.inner_text() for row in rows if ident in row.inner_text())
                for ident in idents}  # fmt: skip

    now = asked("")
    assert "åben" in now[idents[0]] and "lukket" in now[idents[1]]
    assert "Tilknytningen løber ikke siden" in now[idents[1]]
    before = asked(f"&on={written(yesterday)}")
    assert "åben" in before[idents[0]] and "åben" in before[idents[1]]
    then = asked(f"&on={written(yesterday)}&known={written(yesterday)}")
    assert "åben" in then[idents[1]] and "Tilknytningen løber siden" in then[idents[1]]

    narrow = as_user("officer", viewport={"width": 400, "height": 800})
    case = GrantCase.objects.filter(person=guest.person).get()
    for path in (
        "/projects/", f"/projects/{project.pk}/", f"/projects/{project.pk}/people/",
        f"/access/?project={project.number}&closed=on", "/researchers/", "/registers/",
        f"/researchers/{guest.person.researcher.pk}/", f"/access-cases/grant/{case.number}/",
        f"/association-cases/association/{guest.number}/",
        f"/project-cases/proposal/{ProposalCase.objects.get().number}/",
    ):  # fmt: skip
        for hands in (officer, narrow):
            look.at(hands, path)
    look.at(secretary, f"/institutions/{institution.pk}/association/register_request/")
    look.at(secretary, f"/projects/register/{institution.pk}/")
