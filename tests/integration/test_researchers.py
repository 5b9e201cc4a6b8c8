"""The list of researchers and the page of one: where associated, certified, and every case."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from fsesys.core import clock
from fsesys.core.people import Person, User
from fsesys.desk import search
from institutions.records import Organisation
from researchers import standing
from researchers.records import PersonHold, Researcher
from tests.accesses import Office
from tests.dated import START
from tests.integration.test_pages import drain

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(staff):
    User.objects.update(language="en")
    with clock.moved(START), translation.override("en"):
        office = Office()
        Researcher.objects.filter(ident="ABE").update(country="SE")
        yield office


def names(client, query="") -> list:
    answer = client.get(f"/researchers/{query}")
    assert answer.status_code == 200, query
    return [row[1].text for row in answer.context["page"].rows]


def test_the_list_finds_filters_and_exports(office, staff, client):
    client.force_login(staff["auditor"])
    fact = next(f for f in office.office.facts if f.kind == "association" and f.of["person"] == 0)
    old = next(f for f in office.office.facts if f.kind == "pass" and f.of["person"] == 1)
    office.end(fact, office.at)
    office.retract(old)
    office.add("pass", START - dt.timedelta(days=400), person=1, on=dt.date(2025, 1, 4))
    every = ["Person 0", "Person 1", "Person 2"]
    assert names(client) == every and names(client, "?sort=-name") == every[::-1]
    assert names(client, "?associated=no") == ["Person 0"]
    assert names(client, "?associated=yes") == every[1:]
    assert names(client, "?certified=no") == ["Person 1"]
    assert names(client, "?q=abe") == ["Person 2"] and names(client, "?q=pers") == every
    assert names(client, "?institution=institut") == every[1:]
    assert names(client, "?institution=nowhere") == []
    answer = client.get("/researchers/?export=csv&certified=yes")
    text = b"".join(answer.streaming_content).decode()
    assert text.count("\r\n") == 3 and "Institut 1" in text and "2027-01-01" in text
    drain(client.get("/researchers/?export=xlsx"))
    assert client.get("/researchers/?certified=perhaps").status_code == 400


def test_institutions_are_called_as_on_their_own_page_behind_their_parent(office, staff, client):
    place = office.association(1).institution
    place.parent = Organisation.objects.create(name="Aarhus Universitet", cvr="31119103")
    place.name_en = "Institute 1"
    place.save()
    client.force_login(staff["auditor"])
    for language, name in (("en", "Institute 1"), ("da", place.name_da)):
        User.objects.update(language=language)
        for address in ("/researchers/?q=abd", "/projects/", "/search/?q=abd"):
            page = client.get(address).content.decode()
            assert f"Aarhus Universitet, {name}" in page, (language, address)


def test_the_list_costs_the_same_for_one_and_for_many(office, staff, client):
    client.force_login(staff["auditor"])
    client.get("/researchers/")

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get("/researchers/")
        return len(captured)

    before = cost()
    for n in range(40):
        Researcher.objects.create(person=Person.objects.create(name=f"Extra {n}"))
    assert cost() == before


@pytest.mark.parametrize("passed, today, counts", [
    (dt.date(2024, 2, 29), dt.date(2025, 2, 28), True),
    (dt.date(2024, 2, 29), dt.date(2025, 3, 1), False),
    (dt.date(2023, 2, 28), dt.date(2024, 2, 28), True),
    (dt.date(2023, 2, 28), dt.date(2024, 2, 29), False),
    (dt.date(2025, 12, 31), dt.date(2026, 12, 31), True),
])  # fmt: skip
def test_a_certificate_counts_until_its_last_day(passed, today, counts):
    assert (standing.until(passed, 12) >= today) is counts
    assert (passed >= standing.earliest(today, 12)) is counts


def test_the_page_tells_everything_and_follows_the_same_human_being(office, staff, client):
    person = office.person(0)
    Person.objects.filter(pk=office.people[1]).update(same_as=person)
    PersonHold.objects.create(
        person=person, case=office.agreement(0), cause="Breach of rules", from_at=START,
        recorded_at=START, recorded_by=office.by,
    )  # fmt: skip
    client.force_login(staff["secretary"])
    page = client.get(f"/researchers/{person.researcher.pk}/").content.decode()
    for words in ("Associated with Institut 0, certified until 1 January 2027", "Person 1 (ABD)",
                  "since 1 January 2026", "counts until", "Breach of rules"):  # fmt: skip
        assert words in page, words
    assert client.get("/researchers/999999/").status_code == 404
    client.force_login(staff["administrator"])
    assert client.get("/researchers/").status_code == 403


def test_the_search_box_finds_by_ident_and_name(office):
    (found,) = [hit for hit in search.find("abc") if hit["kind"] == "Researcher"]
    assert (found["title"], found["state"]) == ("Person 0 (ABC)", "Institut 0")
    assert len([hit for hit in search.find("person") if hit["kind"] == "Researcher"]) == 3


def test_the_search_says_when_there_may_be_more(office, staff, client, monkeypatch):
    client.force_login(staff["secretary"])
    said = "Of each kind the newest"
    assert said not in client.get("/search/?q=person").content.decode()
    monkeypatch.setattr(search, "LIMIT", 3)
    assert said in client.get("/search/?q=person").content.decode()
