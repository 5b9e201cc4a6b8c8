"""The access register: page, exports and command give the rule's answer, for any day, as known then."""

import csv
import datetime as dt
import io
import json
import re

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from fsesys.core import clock
from fsesys.core.people import Person, User
from institutions.records import Institution
from projects import register
from projects.records import Register
from researchers.records import Researcher
from tests.accesses import Office
from tests.dated import START

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def office(staff):
    """Three people on the first project, one of them from the other institution; then days pass."""
    with clock.moved(START), translation.override("en"):
        office = Office()
        User.objects.update(language="en")
        office.staff = staff
        Institution.objects.filter(pk=office.institutions[0]).update(authorisation_number=17)
        for person in range(3):
            office.add("grant", START, project=0, **office.home(person))
        yield office


def ended(office, days=5):
    """On a later day the first person's association ends at noon, and the third's was never so."""
    office.at = START + days * DAY
    first = next(f for f in office.office.facts if f.kind == "association" and f.of["person"] == 0)
    office.end(first, office.at)
    third = next(f for f in office.office.facts if f.kind == "association" and f.of["person"] == 2)
    office.retract(third)


def text_of(answer) -> str:
    """The words of a page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def asked(client, **question):
    return client.get("/access/", question)


def people(office, **question):
    rows = register.rows(register.Question(**question), closed=False)
    return [row.cells["ident"] for row in rows]


def test_now_yesterday_and_as_known_yesterday(office, client):
    ended(office)
    with clock.moved(START + 6 * DAY):
        today, before = clock.today(), (START + 4 * DAY).date()
        assert people(office) == ["ABD"]
        assert people(office, on=today - DAY) == ["ABC", "ABD"]  # ABC until 9 that day
        assert people(office, on=before) == ["ABC", "ABD"]  # true on it, as we know now
        assert people(office, on=before, known=before) == ["ABC", "ABD", "ABE"]
        client.force_login(office.staff["auditor"])
        page = text_of(asked(client, project="700001", closed="on"))
        assert "Person 0 (ABC)" in page and "The association does not run since" in page
        page = text_of(asked(client, person="abc", on="10-01-2026"))
        assert "5 January 2026 09:00 to 10 January 2026 09:00" in page


def test_choices_by_institution_person_project_and_register(office):
    used = Register.objects.get(pk=office.registers[0])
    assert len(people(office, scope=(("institution", office.institutions[1]),))) == 1
    assert len(people(office, scope=(("institution", office.institutions[0]),))) == 3
    assert people(office, scope=(("person", office.people[1]),)) == ["ABD"]
    assert people(office, scope=(("project", office.projects[1]),)) == []
    assert people(office, scope=(("register", used.pk),)) == []
    basis = office.add("basis", START, project=0, register=0)
    assert len(people(office, scope=(("register", used.pk),))) == 3
    with clock.moved(START + 3 * DAY):  # used until the morning: so on that day, and not now
        office.at = clock.read()
        office.end(basis, office.at)
        office.at = clock.read()
    with clock.moved(START + 3 * DAY + dt.timedelta(hours=2)):
        assert people(office, scope=(("register", used.pk),)) == []
        assert len(people(office, on=clock.today(), scope=(("register", used.pk),))) == 3


@pytest.mark.parametrize("typed, sentence", [
    ({"project": "123"}, "There is no project number “123”."),
    ({"project": "7000x1"}, "There is no project number “7000x1”."),
    ({"person": "ZZZ"}, "There is no ident “ZZZ”."),
    ({"institution": "9" * 40}, "There is no authorisation number"),
    ({"register": "<b>"}, "There is no register “&lt;b&gt;”."),
    ({"on": "31-02-2026"}, "Write the date as"),
    ({"on": "06-01-2026"}, "The day lies ahead."),
    ({"on": "01-01-0001"}, "The year lies between 1900 and 2200."),
])  # fmt: skip
def test_a_wrong_question_is_answered_in_words(office, client, typed, sentence):
    client.force_login(office.staff["officer"])
    answer = asked(client, **typed)
    assert answer.status_code == 422 and sentence in text_of(answer)


@pytest.mark.parametrize("query, sentence", [
    ("institution=17&persn=ABC", "The address asks for “persn”, which the register does not know."),
    ("project=700001&page=abc", "There is no such page."),
    (f"project=700001&page=00000{'9' * 20}", "There is no such page."),
    ("project=700001&export=pdf", "The register is exported as CSV or XLSX."),
    ("project=700001&on=01-01-2026&on=02-01-2026", "The address asks for “on” twice."),
])  # fmt: skip
def test_what_the_register_does_not_know_is_never_more_rows(office, client, query, sentence):
    client.force_login(office.staff["officer"])
    answer = client.get(f"/access/?{query}")
    assert answer.status_code == 400 and sentence in text_of(answer)
    assert "Person 0" not in text_of(answer)
    assert client.get("/access/?project=700001&closed=zz").status_code == 422
    far = text_of(client.get("/access/?project=700001&page=2"))
    assert "There are not so many accesses." in far


def test_why_not_for_a_person_who_was_never_granted_the_project(office, client):
    client.force_login(office.staff["officer"])
    never = {"person": "ABC", "project": "700002"}
    assert "Ask for closed accesses too" in text_of(asked(client, **never))
    told = text_of(asked(client, closed="on", **never))
    assert "Access is not granted." in told and "closed" in told
    assert "The association does not run" not in told
    office.add("grant", START, project=1, **office.home(0))
    assert "Access is not granted." not in text_of(asked(client, closed="on", **never))
    out = io.StringIO()
    call_command(
        "access_register", project=700002, ident="ABD", closed=True, format="json", stdout=out
    )
    row = json.loads(out.getvalue())
    assert row["open"] is False and row["from"] is None
    granted = next(why for why in row["reasons"] if why["code"] == "granted")
    assert granted["state"] == "missing"


def test_what_ended_today_is_not_called_open(office, client):
    ended(office)
    with clock.moved(office.at + dt.timedelta(hours=1)):
        client.force_login(office.staff["officer"])
        told = text_of(asked(client, person="ABC", on=f"{clock.today():%d-%m-%Y}"))
        assert "open earlier that day" in told and "The association does not run since" in told


def test_exports_have_the_rows_of_the_page(office, client):
    ended(office)
    client.force_login(office.staff["officer"])
    with clock.moved(START + 6 * DAY):
        answer = asked(client, project="700001", closed="on", export="csv")
        lines = list(
            csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
        )
        assert [line["Ident"] for line in lines] == ["ABC", "ABD", "ABE"]
        assert [line["Access"] for line in lines] == ["closed", "open", "closed"]
        answer = asked(client, project="700001", export="xlsx")
        assert b"".join(answer.streaming_content)[:2] == b"PK"
        for close in answer._resource_closers:
            close()


def test_the_sheet_of_a_researcher_says_what_the_register_says(office, client):
    ended(office)
    client.force_login(office.staff["officer"])
    person = office.person(0).researcher
    with clock.moved(START + 6 * DAY):
        page = client.get(f"/researchers/{person.pk}/").content.decode()
        for language, closed in (("en", "The association does not run since"), ("da", "Lukkede")):
            assert f"/researchers/{person.pk}/accesses/{language}/" in page
            answer = client.get(f"/researchers/{person.pk}/accesses/{language}/")
            assert answer["Content-Type"] == "application/pdf"
            pdf = pypdfium2.PdfDocument(answer.content)
            words = " ".join(pdf[0].get_textpage().get_text_bounded().split())
            assert "Person 0 (ABC)" in words and "700001" in words and closed in words
        assert client.get(f"/researchers/{person.pk}/accesses/de/").status_code == 404
        assert client.get("/researchers/999999/accesses/da/").status_code == 404
        alone = Researcher.objects.create(person=Person.objects.create(name="Ny Nielsen"))
        answer = client.get(f"/researchers/{alone.pk}/accesses/da/")  # has no ident yet
        assert answer.status_code == 200 and answer.content.startswith(b"%PDF")


def told(*words):
    out = io.StringIO()
    call_command("access_register", *words, stdout=out)
    return out.getvalue()


def test_the_command_answers_like_the_page(office):
    ended(office)
    with clock.moved(START + 6 * DAY):
        lines = list(
            csv.DictReader(io.StringIO(told("--on", "2026-01-09", "--known", "2026-01-09")))
        )
        assert list(lines[0]) == list(register.COLUMNS)
        assert [line["ident"] for line in lines] == ["ABC", "ABD", "ABE"]
        found = [json.loads(line) for line in
                 told("--format", "json", "--closed", "--ident", "ABC").splitlines()]  # fmt: skip
        (one,) = found
        assert one["open"] is False and one["from"] is None
        assert {r["code"]: r["state"] for r in one["reasons"]}["association"] == "missing"
        assert len(told("--institution", "17", "--project", "700001").splitlines()) == 2
        ahead = f"{clock.today() + DAY}"
        for wrong in (["--ident", "QQQ"], ["--on", "2026-02-30"], ["--project", "1"],
                      ["--on", "0001-01-01"], ["--on", ahead], ["--known", ahead]):  # fmt: skip
            with pytest.raises(CommandError):
                call_command("access_register", *wrong, stdout=io.StringIO())


def test_the_page_costs_the_same_for_ten_and_for_two_hundred(
    office, client, django_assert_max_num_queries
):
    client.force_login(office.staff["officer"])
    with django_assert_max_num_queries(14):
        assert asked(client, project="700001").status_code == 200
