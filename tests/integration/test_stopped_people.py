"""What a hold on a person stops, under every record of the human being; no CPR number by any road."""

import datetime as dt

import pytest
from django.utils import translation

from fsesys.core import clock, dependants
from fsesys.core.cases import ProcessEvent
from fsesys.core.refusal import Refused
from projects import access
from researchers.hold.actions import HOLDS
from researchers.records import PersonHold, Researcher
from tests.accesses import SINCE, Office
from tests.dated import START

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def office(staff):
    with clock.moved(START), translation.override("en"):
        office = Office()
        office.staff = staff
        office.add("grant", SINCE, project=0, **office.home(0))
        yield office


def place(office, n=0, **typed):
    typed = {"cause": "Breach", "condition": "Approved", "reason": "A list went out."} | typed
    researcher = Researcher.objects.select_related("person").get(person=office.people[n])
    return HOLDS.place_hold(researcher, by=office.staff["head"], **typed)


def is_open(office):
    rows = access.register(clock.read(), person=office.people[0])
    return any(row.at(clock.read()) for row in rows)


@pytest.mark.parametrize("precautionary", [True, False])
def test_a_hold_on_one_record_stops_the_human_being(office, precautionary):
    office.alias(1, 0)
    assert is_open(office)
    case = place(office, 1, precautionary=precautionary).case
    assert not is_open(office)  # in the same request, with no access touched
    with clock.moved(START + DAY):
        HOLDS.lift_hold(case, by=office.staff["head"], reason="It came.")
        assert is_open(office) is precautionary  # else what it stopped is spent


def test_what_is_paused_is_told_before_an_end_and_what_is_spent_is_not(office):
    key = office.project(0).subject_key
    case = place(office, 0, precautionary=True).case
    assert not is_open(office)
    told = [row.kind for row in dependants.of(key, clock.read())]
    assert told.count("access") == 1  # paused: it would come back
    HOLDS.make_final(case, by=office.staff["head"], reason="It was a breach.")
    assert [row.kind for row in dependants.of(key, clock.read())].count("access") == 0


def test_no_cpr_number_comes_in_without_a_form_either(office, client):
    for typed in ({"reason": "See 010203-1234."}, {"cause": "010203 1234"}):
        with pytest.raises(Refused, match="CPR number"):
            place(office, **typed)
    client.force_login(office.staff["head"])
    researcher = Researcher.objects.get(person=office.people[0])
    url = f"/researchers/{researcher.pk}/person_hold/place_hold/"
    typed = {"key": client.get(url).context["form"]["key"].value(), "seen": 0, "cause": "Breach",
             "precautionary": "no", "condition": "Approved", "reason": "Call 010203-1234."}  # fmt: skip
    answer = client.post(url, typed)
    assert answer.status_code == 422 and b"CPR" in answer.content
    assert not PersonHold.objects.exists()
    assert not ProcessEvent.objects.filter(verb="place_hold").exists()
