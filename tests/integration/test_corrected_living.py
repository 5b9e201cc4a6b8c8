"""Corrections in the small processes of a living authorisation: what was typed wrong can be put
right by two people, for every past day, and never against what somebody did since."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import QueryDict
from django.test import Client

from fsesys.core import clock, correcting, pending
from fsesys.core.documents import Document
from fsesys.core.people import Person
from fsesys.core.refusal import NeedsSecond, Refused
from institutions.change_roles.models import RoleCase
from institutions.changes.models import ChangeCase
from institutions.records import AuthorisationPeriod, InstitutionFacts, RoleHolding, Succession
from institutions.responsible import corrections as heads
from institutions.review import actions as review
from institutions.succession import actions as succession
from institutions.succession.models import SuccessionCase
from institutions.termination.models import TerminationCase
from tests.integration.test_change_roles import add
from tests.integration.test_change_roles import end as end_role
from tests.integration.test_changes import change
from tests.integration.test_corrected_research import fresh, proposed, told, two
from tests.integration.test_responsible import begin, place, responsible, sign  # noqa: F401
from tests.integration.test_review import succeed
from tests.integration.test_termination import authorised, end  # noqa: F401
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
DAY = dt.timedelta(days=1)


@pytest.fixture
def three(walk_to):
    walks = [walk_to("authorised") for _n in range(3)]
    for walked in walks:
        walked.institution = walked.case().institution
    return walks


def test_another_institution_succeeds_or_none(three, staff):
    former, wrong, right = three
    day = max(walked.day for walked in three) + 7 * DAY
    case = succeed(former, wrong, day).case
    with at(day + DAY):
        assert "can not succeed itself" in told(case, staff, "successor", former.institution)
        data = QueryDict(f"what=successor&value={right.institution.pk}&reason=Mistyped.")
        settled(case, staff, "correct", data)
        row = Succession.objects.known().get()
        assert (row.successor, fresh(case).successor) == (right.institution, right.institution)
        two(case, staff, "from_on", day - DAY)
        assert Succession.objects.known().get().from_at == clock.midnight(day - DAY)
        assert "is not authorised on" in told(case, staff, "from_on", dt.date(2019, 1, 1))
    succeed(wrong, former, day + 2 * DAY)
    with at(day + 3 * DAY):
        assert "circle" in told(case, staff, "successor", wrong.institution)
        with pytest.raises(NeedsSecond):
            succession.withdraw(fresh(case), by=staff["secretary"], reason="Never so.")
        settled(case, staff, "withdraw", QueryDict("reason=Never so."))
        assert SuccessionCase.objects.get(pk=case.pk).state == "withdrawn"
        assert not Succession.objects.known().filter(institution=former.institution).exists()
        assert "Choose what" in told(case, staff, "successor", right.institution)
    succeed(former, right, day + 4 * DAY)


def settled(case, staff, verb, data):
    """Proposed by the secretary and confirmed by the head, as the pages do it."""
    pending.attempt(fresh(case), verb, by=staff["secretary"], key=None, seen=None, data=data)
    pending.confirm(pending.PendingDecision.objects.get(outcome=""), by=staff["head"])


def ends():
    return {row.to_at for row in (*AuthorisationPeriod.objects.known(),
                                  *RoleHolding.objects.known())}  # fmt: skip


def test_the_last_day_of_an_authorisation_both_ways(authorised, end, staff):  # noqa: F811
    _institution, day = authorised
    case = end(ends_on=day + 10 * DAY).case
    letter = case.documents.get(template="termination")
    with at(day + 3 * DAY):
        two(case, staff, "ends_on", day + 30 * DAY, second="chief", again=[letter.number])
        assert ends() == {clock.after(day + 30 * DAY)} and fresh(case).ends_on == day + 30 * DAY
        new = Document.objects.get(replaces=letter).context
        assert {key for key in new if new[key] != letter.context[key]} == {"last_day", "document"}
    with at(day + 40 * DAY):  # it is over by now
        two(case, staff, "ends_on", day + 50 * DAY, second="chief")
        assert ends() == {clock.after(day + 50 * DAY)}
        two(case, staff, "ends_on", day + 5 * DAY, second="chief")
        assert ends() == {clock.after(day + 5 * DAY)}
        assert "was decided on" in told(case, staff, "ends_on", day - DAY)
        with pytest.raises(pending.NotYours):
            two(case, staff, "ends_on", day + 6 * DAY, second="head")


def test_only_the_end_that_stands_and_a_day_that_was_written(authorised, end, staff):  # noqa: F811
    _institution, day = authorised
    first = end(ends_on=day + 30 * DAY).case
    sooner = end(ends_on=day + 10 * DAY).case
    with at(day + DAY):
        assert "Choose what" in told(first, staff, "ends_on", day + 40 * DAY)
        two(sooner, staff, "ends_on", day + 40 * DAY, second="chief")
    at_once = end(on=day + 2 * DAY).case
    with at(day + 3 * DAY):
        assert "Choose what" in told(at_once, staff, "ends_on", day + 9 * DAY)
    assert TerminationCase.objects.count() == 3


def test_the_days_of_a_role_and_whose_it_is(place, staff):  # noqa: F811
    case = add(place, from_on=place.day - 3 * DAY).case
    held = RoleHolding.objects.known().get(event__case=case)
    with at(place.day + DAY):
        two(case, staff, "from_on", place.day - 5 * DAY)
        row = RoleHolding.objects.known().get(person=held.person_id)
        assert row.from_at == clock.midnight(place.day - 5 * DAY)
        assert "no role begins before" in told(case, staff, "from_on", dt.date(2001, 1, 1))
        two(case, staff, "person_name", "Inge Damm")
        assert Person.objects.get(pk=held.person_id).name == "Inge Damm"
        correcting.correct(fresh(case), by=staff["secretary"], what="asked_on",
                           value=place.day - 4 * DAY, reason="Misread.")  # fmt: skip
    ended = end_role(place, row.pk).case
    with at(place.day + 2 * DAY):
        assert "can not have ended before" in told(ended, staff, "last_on", place.day - 9 * DAY)
        two(ended, staff, "last_on", place.day + 20 * DAY)
        row = RoleHolding.objects.known().get(person=held.person_id)
        assert row.to_at == clock.after(place.day + 20 * DAY)
    place.day += 30 * DAY
    again = add(place, name="Inge Damm").case
    with at(place.day + DAY):
        assert "holds another role in that time" in told(ended, staff, "last_on", place.day)
        assert "holds another role" in told(again, staff, "from_on", place.day - 15 * DAY)
    assert RoleCase.objects.count() == 3


def test_when_the_responsible_person_signed_and_began(place, staff):  # noqa: F811
    first = place.day
    case = begin(place)
    former = responsible(place, case.opened_at)
    place.day += 10 * DAY
    sign(place, case)
    with at(place.day + DAY):
        two(case, staff, "them_signed_on", first + 5 * DAY)
        assert "at the earliest" in told(case, staff, "begins_on", first + 4 * DAY)
        two(case, staff, "begins_on", first + 6 * DAY)
        start = clock.midnight(first + 6 * DAY)
        assert responsible(place, start) == ["Nanna Holst"]
        assert responsible(place, start - dt.timedelta(seconds=1)) == former
        two(case, staff, "begins_on", first + 8 * DAY)
        assert responsible(place, start) == former
        two(case, staff, "person_mail", "nanna.holst@ku.dk")
    sign(place, begin(place, name="Ole Vinther", mail="ole@ku.dk"))
    with at(place.day + 2 * DAY):
        assert heads._role(fresh(case)) is None
        assert "Choose what" in told(case, staff, "begins_on", first + 9 * DAY)


def test_the_day_on_which_the_former_person_left(place, staff):  # noqa: F811
    left = place.day - 2 * DAY
    case = begin(place, left_on=left)
    with at(place.day + DAY):
        assert responsible(place, clock.midnight(left)) != []
        two(case, staff, "left_on", left - DAY)
        assert responsible(place, clock.midnight(left)) == []
        assert "can not have left before" in told(case, staff, "left_on", dt.date(2001, 1, 1))
        assert "after today" in told(case, staff, "left_on", place.day + 5 * DAY)


def test_from_when_facts_hold(place, staff):  # noqa: F811
    old = place.institution.address
    case = change(place, address="Ny Vej 1", from_on=place.day).case

    def said(day):
        rows = InstitutionFacts.objects.at(clock.midnight(day))
        return rows.get(institution=place.institution).address

    with at(place.day + 5 * DAY):
        two(case, staff, "from_on", place.day - 3 * DAY)
        assert (said(place.day - 4 * DAY), said(place.day - 3 * DAY)) == (old, "Ny Vej 1")
        two(case, staff, "from_on", place.day + 3 * DAY)
        assert (said(place.day + 2 * DAY), said(place.day + 3 * DAY)) == (old, "Ny Vej 1")
        two(case, staff, "from_on", place.day + 20 * DAY)
        place.institution.refresh_from_db()
        assert place.institution.address == old  # the record's own copy follows
        assert "can not change before" in told(case, staff, "from_on", dt.date(2001, 1, 1))
        assert InstitutionFacts.objects.known().count() == 2
    place.day += 6 * DAY
    change(place, web="https://later.example")
    with at(place.day):
        assert "Choose what" in told(case, staff, "from_on", place.day - 9 * DAY)
    assert ChangeCase.objects.count() == 2


def test_when_the_next_review_is(place, staff):  # noqa: F811
    with at(place.day):
        case = review.open_review(place.institution, by=staff["secretary"]).case
        review.confirm_review(case, by=staff["secretary"], checked=[], reason="All by phone.")
    with at(place.day + DAY):
        assert "comes after that" in told(case, staff, "next_review", place.day)
        two(case, staff, "next_review", place.day + 200 * DAY)
        two(case, staff, "checked", ["address"])
    place.institution.refresh_from_db()
    assert place.institution.review_on == place.day + 200 * DAY
    assert fresh(case).checked == ["address"]


def test_the_second_person_reads_the_value_as_it_is(place, staff):  # noqa: F811
    """What the new value would close is tried on a copy: the page still says what holds."""
    case = add(place).case
    with at(place.day + DAY):
        one = proposed(fresh(case), staff, "person_name", "Inge Damm")
        rows = {r["label"]: r["value"] for r in correcting.beside(fresh(case), "person_name", "X")}
        assert rows["As it is"] == "Inge Dam"
        client = Client()
        client.force_login(staff["officer"])
        page = client.get(f"/pending/{one.pk}/").content.decode()
        assert "Inge Dam" in page.replace("Inge Damm", "")


def test_every_small_case_says_what_can_be_corrected(place, staff):  # noqa: F811
    client = Client()
    client.force_login(staff["secretary"])
    case = add(place).case
    with at(place.day + DAY):
        page = client.get(f"/institution-cases/change_roles/{case.number}/correct/")
    assert "Inge Dam" in page.content.decode() and "Asked on" in page.content.decode()


def test_nothing_is_corrected_against_the_database(place, staff, monkeypatch):  # noqa: F811
    """Where another fact holds in that time it is said, not broken."""
    case = add(place).case
    clashing = place.institution.holdings.known().get(role="responsible")

    def overlap(event, value):
        clashing.pk, clashing._state.adding = None, True
        clashing.save()

    fact = next(c for c in correcting.known(fresh(case)).values() if c.slug == "asked_on")
    monkeypatch.setitem(fact.__dict__, "write", overlap)
    with at(place.day + DAY), pytest.raises(Refused, match="Another fact on record holds"):
        correcting.correct(fresh(case), by=staff["secretary"], what="asked_on",
                           value=place.day - DAY, reason="Misread.")  # fmt: skip
