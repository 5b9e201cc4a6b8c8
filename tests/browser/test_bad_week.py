"""A bad week in the browser: people mistype, change their minds, fall ill, and a register comes in."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest

from fsesys.core import clock, parameters, roles
from fsesys.core.cases import ImportBatch
from fsesys.core.documents import Notice, Signature
from fsesys.core.people import Person, User
from fsesys.core.roles import RoleMembership
from fsesys.core.staffing import actions as staffing
from fsesys.desk.demo import applications
from institutions import living
from institutions.authorisation.machine import MACHINE
from institutions.authorisation.models import AuthorisationCase
from institutions.records import Institution, InstitutionHold
from tests.integration.test_import import three_wrong
from tests.office import Call

WHY = "Institutionen skrev til os."


@pytest.fixture
def letters_wait(monkeypatch):
    words = parameters.DEFAULTS["letter_wait_minutes"][1]
    monkeypatch.setitem(parameters.DEFAULTS, "letter_wait_minutes", (10, words))


@pytest.fixture
def second(staff, as_user):
    """Another secretary, signed in."""
    person = Person.objects.create(name="Else Toft", mail="else@dst.dk")
    staff["second"] = User.objects.create(username="second", person=person)
    since = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    RoleMembership.objects.create(person=person, role=roles.SECRETARY, basis="test", from_at=since,
                                  recorded_at=since, recorded_by=person)  # fmt: skip
    return as_user("second")


def page_of(case):
    return f"/authorisations/{case.number}/"


def do(hands, case, verb, **typed):
    """Fill in the page of the verb and press its button; the case's page is shown again."""
    hands.open(f"{page_of(case)}{verb}/")
    for name, value in typed.items():
        hands.type(name, value)
    hands.press()
    hands.at(page_of(case))


def test_a_wrong_signer_is_corrected_by_two_people(walk_to, as_user, second):
    case, first = walk_to("signed_by_both").case(), as_user("secretary")
    first.open(f"{page_of(case)}correct/")
    first.follow("?what=them_signer")
    first.type("value", "Nina Rigtig, nina@kk.dk")
    first.type("reason", "Det var en anden, der skrev under.")
    first.press()
    first.at(page_of(case))
    assert Signature.objects.standing().get(side="them").signer.name != "Nina Rigtig"
    second.open("/")
    second.page.locator("a[href^='/pending/']").first.click()
    assert "Nina Rigtig" in second.text() and case.head.name in second.text()
    second.page.locator("button[name=confirm]").click()
    second.at(page_of(case))
    signature = Signature.objects.standing().get(side="them")
    assert signature.signer.name == "Nina Rigtig" and signature.confirmed_by.name == "Else Toft"


def test_a_click_is_undone_before_its_letter_left(walk_to, as_user, letters_wait):
    case, hands = walk_to("submitted").case(), as_user("secretary")
    do(hands, case, "withdraw", reason="Forkert sag")
    assert AuthorisationCase.objects.get(pk=case.pk).state == "withdrawn"
    hands.follow("/undo/")
    hands.press()
    hands.at(page_of(case))
    assert AuthorisationCase.objects.get(pk=case.pk).state == "submitted"
    notice = Notice.objects.filter(case=case).order_by("pk").last()
    assert notice.recalled_at and not notice.sent_at and "fortrudt" in hands.text()


def test_an_agreement_is_redrafted_after_the_approval(walk_to, as_user):
    walked = walk_to("approved")
    case, old = walked.case(), walked.case().agreement.document.number
    do(as_user("secretary"), case, "redraft", reason="De ønsker andre ord.")
    do(as_user("responsible"), case, "submit")
    chief = as_user("chief")
    chief.open(f"/admin/institutions/authorisationcase/{case.pk}/change/")
    chief.follow("/approve/do/")
    chief.press()
    case = AuthorisationCase.objects.select_related("agreement__document").get(pk=case.pk)
    assert case.state == "approved" and case.agreement.version == 2
    assert case.agreement.document.number != old


def test_a_rejected_case_is_reopened_after_a_complaint(walk_to, as_user):
    case = walk_to("rejected").case()
    do(as_user("chief"), case, "reopen", reason="Klagen gav medhold.")
    case.refresh_from_db()
    assert case.state == "under_evaluation" and case.closed_at is None


def test_the_chief_is_ill_and_a_stand_in_decides(walk_to, as_user, staff):
    case, head = walk_to("submitted").case(), as_user("head")
    record = staffing.open_account(by=staff["administrator"], account=staff["chief"]).case
    head.open(f"/staff/{record.number}/name_stand_in/")
    head.choose("stand_in", staff["officer"].person_id)
    head.type("reason", "Rigsstatistikeren er syg.")
    head.press()
    head.at(f"/staff/{record.number}/")
    officer = as_user("officer")
    officer.open("/")
    assert "Du handler for Jørgen Elmquist" in officer.text()
    do(officer, case, "approve")
    assert "på vegne af Jørgen Elmquist" in officer.text()
    case.refresh_from_db()
    assert case.state == "approved"


def test_a_responsible_person_is_replaced_and_a_hold_placed_and_lifted(walk_to, as_user):
    walked = walk_to("authorised")
    institution, secretary, head = walked.case().institution, as_user("secretary"), as_user("head")
    home = f"/institutions/{institution.pk}/"
    secretary.open(home)
    secretary.follow("/change_of_responsible/register_change/")
    for name, value in (
        ("name", "Nanna Holst"),
        ("mail", "nanna@kk.dk"),
        ("asked_by", "Direktøren"),
    ):
        secretary.type(name, value)
    secretary.choose("asked_as", "management")
    secretary.attach("upload", applications.pdf("anmodning", "anmodning.pdf"))
    secretary.press()
    found = re.search(r"/institution-cases/change_of_responsible/[\d-]+/$", secretary.page.url)
    assert found, secretary.text()[:1500]
    secretary.follow("/register_signature/")
    secretary.attach("upload", applications.pdf("underskrevet", "erklæring.pdf"))
    secretary.choose("road", "scan")
    person = Person.objects.get(name="Nanna Holst")
    secretary.choose("signer", person.pk)
    secretary.type("signed_on", f"{clock.today():%d-%m-%Y}")
    secretary.press()
    assert living.head_of(institution, clock.now()) == person, secretary.text()[:1500]

    head.open(home)
    head.follow("/institution_hold/place_hold/")
    head.type("cause", "Brud på datasikkerheden")
    head.choose("precautionary", "yes")
    head.type("condition", "Redegørelsen er godkendt")
    head.type("reason", "Et udtræk lå på et åbent drev.")
    head.press()
    secretary.open(home)
    assert "Suspenderet siden" in secretary.text(), head.text()[:1500]
    number = InstitutionHold.objects.known().get().case.number
    head.open(f"/institution-cases/institution_hold/{number}/lift_hold/")
    head.type("reason", "Redegørelsen er godkendt.")
    head.press()
    secretary.open(home)
    assert "Suspenderet siden" not in secretary.text()


def test_a_case_file_is_printed(walk_to, as_user, work):
    walked = walk_to("recommended")
    Call(walked, "note")(reason="De ringede.")
    case, hands = walked.case(), as_user("secretary")
    do(hands, case, "case_file", reason="Aktindsigt til Ane Holm")
    work()
    document = case.documents.get(template="case_file")
    assert hands.bytes_of(f"/documents/{document.number}/").startswith(b"%PDF")
    assert case.documents.filter(template="recommendation").exists()
    listed = {row["number"] for row in document.context["bound"]}
    assert not listed & set(case.documents.filter(template="recommendation").values_list(
        "number", flat=True))  # fmt: skip


def test_the_register_of_29_institutions_comes_in_with_three_bad_rows(as_user, staff):
    rows = three_wrong()
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    head = as_user("responsible")
    head.open("/admin/institutions/institution/")
    head.page.locator("a[href$='/import/']").first.click()
    head.page.locator("input[type=file]").set_input_files(
        {"name": "register.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    )
    head.page.locator("button[type=submit].default").click()
    said = head.text()
    assert "3" in said and "CVR" in said and "26" in said, said[:2000]
    assert not ImportBatch.objects.exists()
    head.type("reason", "Registeret, som FSE førte i et regneark.")
    head.page.locator("input[name=valid_only]").check()
    head.page.locator("button[type=submit].default").click()
    assert ImportBatch.objects.count() == 1, head.text()[:2000]
    assert AuthorisationCase.objects.filter(state="authorised").count() == 26
    assert Institution.objects.count() == 26
    assert MACHINE.state("authorised").closed
