"""A hold on a person: stopped in the same request, prolonged, lifted, over by itself; the letters."""

import datetime as dt

import pytest
from django.utils import translation

from fsesys.core import clock
from fsesys.core.cases import ProcessEvent
from fsesys.core.documents import Notice
from fsesys.core.letters.compose import compose
from fsesys.core.people import Person, User
from fsesys.core.refusal import NotYours, Refused
from projects import access
from researchers import jobs
from researchers.hold.actions import HOLDS
from researchers.hold.models import PersonHoldCase
from researchers.records import PersonHold, Researcher
from tests.accesses import SINCE, Office
from tests.dated import START

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def office(staff):
    with clock.moved(START), translation.override("en"):
        office = Office()
        User.objects.update(language="en")
        Person.objects.filter(pk=office.people[0]).update(mail="abc@uni.example")
        office.staff = staff
        yield office


def one(office, n=0):
    return Researcher.objects.select_related("person").get(person=office.people[n])


def place(office, n=0, by="head", **typed):
    typed = {"cause": "Breach", "condition": "Approved", "reason": "A list went out."} | typed
    return HOLDS.place_hold(one(office, n), by=office.staff[by], **typed)


def is_open(office, n=0):
    rows = access.register(clock.read(), person=office.people[n])
    return any(row.at(clock.read()) for row in rows)


def test_a_hold_stops_at_once_and_every_letter_goes_to_the_person(office):
    office.add("grant", SINCE, project=0, **office.home(0))
    assert is_open(office)
    event = place(office, precautionary=True)
    fact = PersonHold.objects.get()
    assert (fact.from_at, fact.to_at, fact.precautionary) == (event.at, None, True)
    assert not is_open(office)
    HOLDS.prolong(event.case, by=office.staff["head"], reason="More", until_on=clock.today() + DAY)
    assert PersonHold.objects.known().get().to_at == clock.midnight(clock.today() + 2 * DAY)
    done = HOLDS.lift_hold(event.case, by=office.staff["head"], reason="It came.")
    assert not PersonHold.objects.at(clock.now()).exists() and is_open(office)
    letters = done.case.documents.exclude(template="").order_by("pk")
    assert [letter.template for letter in letters] == [
        "person_hold", "person_hold_prolonged", "person_hold_lifted"]  # fmt: skip
    for letter in letters:
        assert Notice.objects.get(document=letter).to_mail == "abc@uni.example"
        for language in ("da", "en"):
            assert "ABC" in compose(letter.template, letter.context, language)


def test_a_hold_on_one_record_stops_the_human_being_and_spends_what_it_stopped(office):
    office.add("grant", SINCE, project=0, **office.home(0))
    office.alias(1, 0)
    event = place(office, 1)
    assert not is_open(office)
    with clock.moved(START + DAY):
        HOLDS.lift_hold(event.case, by=office.staff["head"], reason="It came.")
        assert not PersonHold.objects.at(clock.now()).exists() and not is_open(office)


def test_only_the_head_never_about_oneself_and_with_one_end(office):
    for who in ("secretary", "officer", "chief"):
        with pytest.raises(NotYours):
            place(office, by=who)
    today = clock.today()
    with pytest.raises(Refused, match="one of them, not both"):
        place(office, until_on=today)
    with pytest.raises(Refused, match="can not lie before today"):
        place(office, until_on=today - DAY, condition="")
    for typed in ({"reason": "See 010203-1234."}, {"cause": "010203-1234"}):
        with pytest.raises(Refused, match="CPR number"):
            place(office, **typed)
    Person.objects.filter(pk=office.people[0]).update(same_as=office.staff["head"].person)
    with pytest.raises(Refused, match="a colleague must do this"):
        place(office)
    assert not PersonHoldCase.objects.exists() and not PersonHold.objects.exists()
    assert not ProcessEvent.objects.filter(verb="place_hold").exists()


def test_a_job_closes_the_case_of_a_hold_that_is_over(office):
    event = place(office, until_on=clock.today(), condition="")
    with pytest.raises(Refused, match="still open"):
        place(office)
    jobs.person_holds_over()
    assert PersonHoldCase.objects.get().state == "running"
    with clock.moved(START + 3 * DAY):
        jobs.person_holds_over()
        jobs.person_holds_over()
        assert PersonHoldCase.objects.get().state == "ended"
        assert event.case.events.filter(verb="close_hold").count() == 1
        assert place(office).case.state == "running"


def test_the_head_places_a_hold_on_its_page(office, client):
    client.force_login(office.staff["head"])
    url = f"/researchers/{one(office).pk}/person_hold/place_hold/"
    key = client.get(url).context["form"].initial["key"]
    typed = {"key": key, "seen": 0, "cause": "Breach", "precautionary": "no",
             "condition": "Approved", "reason": "Call 010203-1234."}  # fmt: skip
    assert "CPR number" in client.post(url, typed).content.decode()
    assert not PersonHold.objects.exists()
    assert client.post(url, typed | {"reason": "A list went out."}).status_code == 303
    case = PersonHoldCase.objects.get()
    page = client.get(f"/researcher-cases/person_hold/{case.number}/").content.decode()
    assert "Stopped since" in page and "Until this has happened" in page
    client.force_login(office.staff["secretary"])
    assert client.get(url).status_code == 403
