"""How to apply: drawn from what is in force, the same for everybody, and a way to nothing else."""

import datetime as dt
import io
import re
from html.parser import HTMLParser

import pypdf
import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from fsesys.core import clock, printing
from fsesys.core.checklists import Checklist
from fsesys.core.letters.render import RenderFailed
from fsesys.core.office import OfficeBlock
from fsesys.core.parameters import ParameterValue
from fsesys.core.printing import Printed
from fsesys.desk.demo import applications
from institutions import jobs
from institutions.authorisation import applying, blank
from institutions.authorisation.machine import MACHINE
from tests.integration.test_pages import everything

pytestmark = pytest.mark.django_db

TODAY, TURN = dt.date(2026, 6, 2), dt.date(2026, 7, 1)
OWN = {"/apply/da/", "/apply/en/", "/apply/form-da.pdf", "/apply/form-en.pdf"}
STARTS = ("/apply/", "/apply/da", "/apply/xx/", "/apply/form-xx.pdf", "/apply/da/case/", *OWN)
ASKED = [
    "name_da", "name_en", "parent_name", "cvr", "ean", "type", "schemes", "mail_domains",
    "address", "invoice_address", "web", "language", "head_name", "head_title", "head_mail",
    "environment", "staff_count", "experienced_count", "security", "purpose", "ownership",
    "public_work",
]  # fmt: skip


class Addresses(HTMLParser):
    """Every address in a page, and every element that could send something or run."""

    def __init__(self, html):
        super().__init__()
        self.led, self.acting = set(), set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.led |= {v for k, v in attrs if k in ("href", "src", "action", "formaction", "data")}
        if tag in ("form", "button", "input", "script", "iframe", "object", "base", "meta"):
            if tag != "meta" or dict(attrs).get("http-equiv"):
                self.acting.add(tag)


def on(day):
    return clock.moved(applications.noon(day))


def get(client, path, status=200, **headers):
    answer = client.get(path, headers=headers)
    assert answer.status_code == status, (path, answer.status_code)
    return answer


def text(client, language="en"):
    """The page's words, without its tags."""
    html = get(client, f"/apply/{language}/").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2]).split())


def words(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.fixture
def no_press(monkeypatch):
    """Forms are told, not drawn; the list of what would have been drawn."""
    drawn = []

    def render(html, **limits):
        drawn.append(html)
        return b"%PDF-" + html.encode()

    monkeypatch.setattr(printing, "render", render)
    return drawn


def second_version():
    """A check-list with one criterion and one enclosure, from TURN on."""
    checklist = Checklist.objects.create(
        process=MACHINE.process, version=2, from_on=TURN, author="A", summary="Shorter"
    )
    both = {"slug": "new", "position": 1, "title_en": "Much patience", "title_da": "Tålmodighed"}
    checklist.criteria.create(**both, must_be_met=False)
    both |= {"title_en": "A letter of patience", "title_da": "Et tålmodigt brev"}
    checklist.enclosures.create(**both, form_en="Handwritten", form_da="Håndskrevet")


# --- nothing else can be reached -----------------------------------------------------------------


def test_every_link_stays_on_the_public_pages(client, case_in, no_press):
    case = case_in("under_evaluation")
    waiting, seen = list(STARTS), {}
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        answer = seen[path] = client.get(path)
        assert answer.status_code in (200, 302, 404), path
        assert not answer.cookies, path
        for secret in (case.number, case.institution.name_da, case.head.name, "sign-in", "log ind"):
            assert secret not in answer.content.decode(), (path, secret)
        if answer.status_code == 302:
            waiting.append(answer.headers["Location"])
        elif answer.headers["Content-Type"].startswith("text/html"):
            page = Addresses(answer.content.decode())
            assert page.acting == set(), path
            waiting += [to for to in page.led if not to.startswith(("/static/", "#content"))]
    assert set(seen) == set(STARTS)
    assert {path for path, answer in seen.items() if answer.status_code == 200} == OWN


def test_signed_in_it_is_the_same_page_and_no_session_is_read(client, staff):
    strangers = get(client, "/apply/en/")
    client.force_login(staff["secretary"])  # her language is Danish
    mine = get(client, "/apply/en/")
    assert mine.content == strangers.content and mine["Content-Language"] == "en"
    assert "Cookie" not in mine["Vary"]


def test_only_reading_and_other_addresses_still_ask_for_sign_in(client, staff):
    before = everything()
    for path in OWN - {"/apply/form-da.pdf", "/apply/form-en.pdf"}:
        get(client, path)
        assert client.post(path).status_code == 405
    assert everything() == before
    for path in ("/applying/", "/apply-for/", "/authorisations/", "/", "/help/", "/xapply/"):
        assert get(client, path, 302)["Location"].startswith("/sign-in/"), path


def test_unknown_languages_and_addresses_are_not_found(client):
    for path in ("/apply/sv/", "/apply/DA/", "/apply/form-sv.pdf", "/apply/en/x/", "/apply/x"):
        answer = get(client, path, 404)
        assert "no-store" in answer["Cache-Control"], path
    assert get(client, "/apply", 301)["Location"] == "/apply/"
    german = get(client, "/apply/", 302, **{"accept-language": "de, en;q=0.5"})
    assert german["Location"] == "/apply/en/"


# --- what it says is what is in force --------------------------------------------------------------


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_says_what_is_in_force(client, language):
    said = text(client, language)
    with translation.override(language):
        checklist = applying.checklist_today()
        rows = [*checklist.criteria.all(), *checklist.enclosures.all()]
        assert {row.applies_to for row in rows} == {"", "private"}
        for row in rows:
            assert row.title in said and row.help in said, row.slug
        for enclosure in checklist.enclosures.all():
            assert enclosure.form in said
        block = OfficeBlock.objects.get(language=language)
        for told in (block.mail, block.phone, block.hours, block.complaint.split(".")[0]):
            assert told in said
        for step in applying.steps():
            assert str(step["text"]) in said and step["time"] in said
    other = "Registered" if language == "da" else "Registreret"
    assert other not in said and "%(" not in said and "{{" not in said


def test_private_criteria_come_after_those_for_all(client):
    said = text(client)
    places = [said.index(words) for words in (
        "All applicants", "Located in Denmark", "Private applicants, in addition",
        "Ownership examined", "What to send", "The application form", "A statement of ownership",
    )]  # fmt: skip
    assert places == sorted(places)


def test_a_new_version_is_followed_from_its_day(client, no_press):
    second_version()
    with on(TURN - dt.timedelta(days=1)):
        before, old_form = text(client), get(client, "/apply/form-da.pdf").content.decode()
    with on(TURN):
        after, new_form = text(client), get(client, "/apply/form-da.pdf").content.decode()
    assert "Located in Denmark" in before and "patience" not in before
    assert "Much patience" in after and "it need not be met" in after
    assert "A letter of patience" in after and "Handwritten" in after
    assert "Located in Denmark" not in after and "Private applicants, in addition" not in after
    assert "version 2, in force from 1 July 2026" in after
    assert "Et tålmodigt brev" in new_form and "Et tålmodigt brev" not in old_form


def test_the_steps_are_the_machines_and_every_target_is_told_once(client, staff):
    assert set(applying.WHAT_HAPPENS) == {step.number for step in MACHINE.steps}
    days = {step["number"]: (step["days"], step["theirs"]) for step in applying.steps()}
    assert days == {
        1: (None, False), 2: (None, False), 3: (20, False), 4: (3, False), 5: (2, False),
        6: (10, False), 7: (30, True), 8: (2, False),
    }  # fmt: skip
    people = staff["head"].person, staff["officer"].person
    ParameterValue.objects.create(
        name="target_draft", value=1, from_on=TURN, author=people[0], approver=people[1],
        summary="Quicker", recorded_at=clock.read(),
    )  # fmt: skip
    with on(TODAY):
        assert "3 working days" in text(client) and "take 37 working days" in text(client)
    with on(TURN):
        assert "Our target: 1 working day " in text(client)
        assert "take 35 working days" in text(client)


def test_without_a_checklist_the_page_says_so(client):
    with on(dt.date(2020, 1, 1)), pytest.MonkeyPatch.context() as patch:
        patch.setattr(applying, "checklist_today", lambda: None)
        assert "No check-list is in force today" in text(client)


def test_the_page_asks_the_database_little(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        get(client, "/apply/da/")


# --- the form on paper -----------------------------------------------------------------------------


def test_the_paper_asks_for_what_the_register_page_asks_for():
    """A new field of ApplicationForm fails here: say whether the applicant or the office fills it."""
    assert list(blank.asked()) == ASKED
    assert set(blank.ApplicationForm.base_fields) | {"paragraph"} == {*ASKED, *blank.OFFICE_ONLY}
    assert set(blank.SECTIONS) <= set(ASKED)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_form_in_both_languages(client, language):
    answer = get(client, f"/apply/form-{language}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    printed = words(answer.content)
    with translation.override(language):
        for field in blank.asked().values():
            assert "".join(str(field.label).split()) in printed, field.label
            for value, label in getattr(field, "choices", ()):
                assert not value or "".join(str(label).split()) in printed, label
        for enclosure in list(applying.checklist_today().enclosures.all())[1:]:
            assert "".join(enclosure.title.split()) in printed
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    assert reader.trailer["/Root"]["/Lang"].startswith(language)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert ("Ansøgning" in reader.metadata.title) == (language == "da")
    assert not any(page.get("/Annots") for page in reader.pages), "no links on paper"


def test_a_content_is_printed_once(client, no_press):
    with on(TODAY):
        first = get(client, "/apply/form-en.pdf")
        again = get(client, "/apply/form-en.pdf")
        unchanged = get(client, "/apply/form-en.pdf", 304, **{"if-none-match": first["ETag"]})
    assert first.content == again.content and not unchanged.content
    assert len(no_press) == Printed.objects.count() == 1
    assert first["Cache-Control"] == "public, max-age=300" and "Cookie" not in first["Vary"]
    block = OfficeBlock.objects.get(language="en")
    block.pk, block.from_on, block.mail = None, TURN, "new@example.org"
    block.save()
    with on(TURN):
        assert b"new@example.org" in get(client, "/apply/form-en.pdf").content
    assert len(no_press) == Printed.objects.count() == 2


def test_the_nightly_job_prints_both_so_that_nobody_waits(client, no_press, monkeypatch):
    jobs.print_application_forms()
    assert sorted(Printed.objects.values_list("language", flat=True)) == ["da", "en"]
    monkeypatch.setattr(printing, "render", lambda *a, **k: pytest.fail("printed in a request"))
    for path in ("/apply/form-da.pdf", "/apply/form-en.pdf"):
        get(client, path)


def test_who_comes_while_it_is_printed_is_asked_to_come_again(client, no_press):
    with printing._press:
        answer = get(client, "/apply/form-da.pdf", 503)
    assert answer["Retry-After"] == "10" and "no-store" in answer["Cache-Control"]
    page = Addresses(answer.content.decode())
    assert {to for to in page.led if not to.startswith(("/static/", "#"))} < OWN
    get(client, "/apply/form-da.pdf")


def test_a_press_that_fails_stores_nothing_and_is_not_blocked(client, monkeypatch):
    def fail(html, **limits):
        raise RenderFailed("No Pango.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "render", fail)
        get(client, "/apply/form-da.pdf", 503)
    assert not Printed.objects.exists()
    monkeypatch.setattr(printing, "render", lambda html, **limits: b"%PDF-")
    get(client, "/apply/form-da.pdf")


def test_printed_and_enclosures_are_never_edited(no_press):
    blank.form_pdf("da")
    enclosures = applying.checklist_today().enclosures
    for change in (
        lambda: Printed.objects.update(language="en"), lambda: Printed.objects.all().delete(),
        lambda: enclosures.update(slug="x"), lambda: enclosures.all().delete(),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
