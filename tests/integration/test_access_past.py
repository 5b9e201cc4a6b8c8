"""Days that have passed read as they did: names, links, numbers of the office, and where a day ends."""

import csv
import datetime as dt
import io

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from fsesys.core import clock, parameters
from institutions.changes import actions as changes
from institutions.records import Institution
from projects import access, explaining, register
from tests.accesses import SINCE, opened
from tests.dated import START

pytestmark = pytest.mark.django_db
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def office(staff):
    """Two people of the first institution and one of the second; nobody is granted anything yet."""
    with opened(staff) as office:
        Institution.objects.filter(pk=office.institutions[0]).update(authorisation_number=17)
        yield office


def day(n) -> dt.date:
    return (START + n * DAY).date()


def rows(closed=True, scope=(), **question):
    return list(register.rows(register.Question(scope=scope, **question), closed=closed))


def idents(**question):
    return [row.cells["ident"] for row in rows(closed=False, **question)]


def fact(office, kind, **of):
    found = [f for f in office.office.facts
             if f.kind == kind and f.retracted is None and of.items() <= f.of.items()]  # fmt: skip
    return found[-1]


def at(office, n):
    """The office's clock on that day, and everybody's."""
    office.at = START + n * DAY
    return clock.moved(office.at)


def lacking(one):
    return {why.code for why in one.reasons if not why.holds}


def test_why_not_follows_the_links_that_were_known_that_day(office):
    office.retract(fact(office, "association", person=0))
    pair = (("person", office.people[0]), ("project", office.projects[0]))
    with at(office, 3):
        office.alias(0, 1)  # the second record, which is associated, goes on
    with at(office, 4):
        assert lacking(rows(scope=pair)[0]) == {"granted"}
        assert lacking(rows(scope=pair, on=day(1))[0]) == {"granted"}  # true of it, as we know now
        assert "association" in lacking(rows(scope=pair, on=day(1), known=day(1))[0])


def test_why_not_tells_of_the_association_that_lacks_least(office):
    office.add("association", SINCE, person=0, institution=1, agreement=1)
    with at(office, 1):
        office.end(fact(office, "authorised", institution=0), office.at)
    with at(office, 2):
        (one,) = rows(scope=(("person", office.people[0]), ("project", office.projects[1])))
        assert lacking(one) == {"granted"} and one.access.institution_id == office.institutions[1]


def test_a_list_that_is_asked_no_more_opens_nothing_again(office):
    """On strict days only people of the owner or of an allowed institution keep their access."""
    for person in (0, 2):  # the third is of the other institution
        office.add("grant", START, project=0, **office.home(person))
    office.at = START + DAY
    office.put("strict", 1, day(3))
    office.at = START + 5 * DAY
    office.put("strict", 0, day(6))
    found = []
    for n in (2, 3, 5, 6, 8):
        with at(office, n):
            found.append(idents())
    assert found == [["ABC", "ABE"], ["ABC"], ["ABC"], ["ABC"], ["ABC"]]
    with at(office, 8):
        (one,) = access.register(office.at, person=office.people[2])
        assert one.spans == ((START, clock.midnight(day(3))),)
        told = " ".join(explaining.missing(one, office.at))
        assert "did not from 8 January 2026 until 11 January 2026: the grant is spent" in told
        assert idents(on=day(2)) == ["ABC", "ABE"] and idents(on=day(7), known=day(7)) == ["ABC"]


def test_who_is_listed_before_the_list_is_asked_keeps_the_access(office):
    office.add("grant", START, project=0, **office.home(2))
    office.at = START + DAY
    office.add("allowed", office.at, project=0, institution=1)
    office.put("strict", 1, day(3))
    with at(office, 4):
        assert idents() == ["ABE"]
        assert rows()[0].span[0] == START


def test_numbers_of_the_office_are_those_of_the_day_asked_about_as_known_then(office):
    """The pass of 1 January 2026 counts for 12 months, or 6 from a day in August on."""
    office.add("grant", START, project=0, **office.home(0))
    with at(office, 215):
        office.put("months", 6, day(216))
    with at(office, 217):
        assert idents() == [] and idents(on=day(215)) == ["ABC"]
        assert idents(on=day(216)) == [] and idents(on=day(214), known=day(214)) == ["ABC"]
    with at(office, 219):
        office.put("strict", 1, day(217))  # told late, as is the next
        office.put("months", 12, day(217))
        assert idents(on=day(217)) == ["ABC"] and idents(on=day(217), known=day(217)) == []
        assert {why.code for why in rows(on=day(217))[0].reasons} >= {"with_owner"}
        known = rows(on=day(217), known=day(217))[0].reasons
        assert "with_owner" not in {why.code for why in known}


def test_what_was_said_of_a_register_counts_as_it_was_known(office):
    office.add("basis", START, project=0, register=0)
    office.add("grant", START, project=0, **office.home(0))
    with at(office, 2):
        flag = office.add("flag", START, register=0, restricted=True)
    with at(office, 4):
        assert idents(on=day(3)) == [] and idents(on=day(1), known=day(1)) == ["ABC"]
        office.retract(flag)
    with at(office, 5):
        assert idents() == ["ABC"] and idents(on=day(3), known=day(3)) == []


def test_who_owned_a_project_is_asked_as_it_was_known(office):
    office.add("grant", START, project=0, **office.home(0))
    of_second = (("institution", office.institutions[1]),)
    with at(office, 2):
        office.end(fact(office, "owner", project=0), office.at)
        office.add("owner", office.at, project=0, institution=1)
    with at(office, 4):
        assert [row.cells["ident"] for row in rows(scope=of_second)] == ["ABC"]
        assert rows(scope=of_second, on=day(1)) == []
        assert rows()[0].cells["owner"] == "Institut 1"
        assert rows(on=day(1))[0].cells["owner"] == "Institut 0"
        office.retract(fact(office, "owner", project=0, institution=1))  # it never was
    with at(office, 5):
        assert rows(scope=of_second, on=day(3)) == []
        assert rows(scope=of_second, on=day(3), known=day(3))


def test_a_place_is_called_as_it_was_that_day_as_known_then(office):
    office.add("grant", START, project=0, **office.home(0))

    def called(**question):
        cells = rows(**question)[0].cells
        return {cells["institution"], cells["owner"]}

    with at(office, 3):
        changes.change_facts(office.institution(0), by=office.staff["secretary"], from_on=day(2),
                             reason="Merged", supplement="no", supplement_reason="A new sign",
                             name_da="Nyt Navn")  # fmt: skip
    with at(office, 5):
        assert called() == {"Nyt Navn"} == called(on=day(2))
        assert called(on=day(1)) == {"Institut 0"} == called(on=day(2), known=day(2))


def test_a_day_ends_before_midnight_and_is_known_to_its_end(office):
    with at(office, 2):
        office.add("grant", clock.midnight(day(3)), project=0, **office.home(0))
    with at(office, 6):
        office.end(fact(office, "grant"), clock.after(day(4)))
    with at(office, 8):
        assert [idents(on=day(n)) for n in (2, 3, 4, 5)] == [[], ["ABC"], ["ABC"], []]
        assert idents(on=day(5), known=day(5)) == ["ABC"]
        assert idents(on=day(5), known=day(6)) == []  # told at nine that day
        assert not rows(on=day(2)) and not rows(on=day(3), known=day(1))


def test_earlier_stretches_of_a_day_are_told_beside_the_last(office):
    office.add("grant", START, project=0, **office.home(0))
    office.at = START + HOUR
    office.end(fact(office, "grant"), office.at)
    office.add("grant", START + 3 * HOUR, project=0, **office.home(0))
    with at(office, 2):
        (one,) = rows(on=day(0))
        assert one.span[0] == START + 3 * HOUR
        assert one.cells["earlier"] == "5 January 2026 09:00 to 5 January 2026 10:00"
        assert rows(on=day(1))[0].earlier == []


def test_the_hour_that_comes_twice_in_october_is_told_apart(office):
    twice = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)  # 02:30, and 02:10 forty minutes later
    office.at = twice
    office.add("grant", twice, project=0, **office.home(0))
    office.at = twice + 40 * HOUR / 60
    office.end(fact(office, "grant"), office.at)
    with clock.moved(twice + DAY):
        out = io.StringIO()
        call_command("access_register", "--on", "2026-10-25", stdout=out)
        (line,) = csv.DictReader(io.StringIO(out.getvalue()))
        assert line["from"] == "2026-10-25 02:30:00+02:00"
        assert line["to"] == "2026-10-25 02:10:00+01:00"


def exported(client, kind, on):
    """The headers and bytes of the file."""
    answer = client.get("/access/", {"on": f"{on:%d-%m-%Y}", "export": kind})
    content = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return answer.headers, content


def test_before_the_register_is_complete_every_answer_says_so(office, client, monkeypatch):
    first = day(-2)
    words = parameters.DEFAULTS["register_complete_from"][1]
    told = (int(f"{first:%Y%m%d}"), words)
    monkeypatch.setitem(parameters.DEFAULTS, "register_complete_from", told)
    client.force_login(office.staff["officer"])
    sentence, header = "The register is complete from 3 January 2026.", "X-Register-Complete-From"
    for on, said in ((first - DAY, True), (first, False)):
        page = client.get("/access/", {"on": f"{on:%d-%m-%Y}"}).content.decode()
        assert (sentence in page) is said is ("No access was found" not in page)
        headers, _content = exported(client, "csv", on)
        assert headers.get(header) == (first.isoformat() if said else None)
        headers, content = exported(client, "xlsx", on)
        assert headers.get(header) == (first.isoformat() if said else None)
        book, err = load_workbook(io.BytesIO(content)), io.StringIO()
        assert book.sheetnames == ["access-register", *(["Note"] if said else [])]
        assert (sentence in str(book.active["A1"].value)) is said
        call_command("access_register", "--on", f"{on}", stdout=io.StringIO(), stderr=err)
        assert (sentence in err.getvalue()) is said
