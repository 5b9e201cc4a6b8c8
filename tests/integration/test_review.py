"""Yearly reviews, begun by the job and confirmed by FSE; and one institution succeeding another."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from fsesys.core import clock
from fsesys.core.cases import ProcessEvent
from fsesys.core.refusal import NotYours, Refused
from institutions import jobs
from institutions.records import AuthorisationPeriod, Succession
from institutions.review import actions as review
from institutions.review.models import ReviewCase
from institutions.review.rules import CHECKED
from institutions.succession import actions as succession
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
REASON = {"reason": "They became one institute."}


@pytest.fixture
def place(walk_to):
    walked = walk_to("authorised")
    walked.institution = walked.case().institution
    return walked


def test_the_job_begins_each_review_once_and_makes_up_for_missed_days(place):
    due = place.institution.review_on
    with at(due - dt.timedelta(days=31)):
        assert jobs.open_reviews() == 0
    with at(due - dt.timedelta(days=12)):
        assert jobs.open_reviews() == 1 and jobs.open_reviews() == 0
    case = ReviewCase.objects.get()
    letter = case.documents.get(template="yearly_review")
    assert (case.state, case.due_on, case.review_on) == ("due", due, due)
    assert case.story[0].by.is_system and letter.context["roles"]


def test_confirmed_it_is_due_a_year_on(place):
    due = place.institution.review_on
    with at(due):
        jobs.open_reviews()
        case = ReviewCase.objects.get()
        for checked, note in (([], ""), (list(CHECKED[:2]), " ")):
            with pytest.raises(Refused, match="Tick every point"):
                review.confirm_review(case, by=place.staff["responsible"], checked=checked,
                                      reason=note)  # fmt: skip
        with pytest.raises(NotYours):
            review.confirm_review(case, by=place.staff["chief"], checked=list(CHECKED))
        review.confirm_review(case, by=place.staff["secretary"], checked=list(CHECKED))
        assert jobs.open_reviews() == 0
    place.institution.refresh_from_db()
    assert place.institution.review_on == due.replace(year=due.year + 1)


def test_who_is_no_longer_authorised_is_not_reviewed(place):
    period = AuthorisationPeriod.objects.get(institution=place.institution)
    event = place.case().story[-1]
    AuthorisationPeriod.objects.filter(pk=period.pk).update(
        retracted_at=event.at, retracting_event=event
    )
    with at(place.institution.review_on):
        assert jobs.open_reviews() == 0
        with pytest.raises(Refused, match="not authorised today"):
            review.open_review(place.institution, by=place.staff["secretary"])


def test_the_pages_of_a_review(place):
    client = Client()
    client.force_login(place.staff["responsible"])
    with at(place.institution.review_on):
        jobs.open_reviews()
        number = ReviewCase.objects.get().number
        page, home = f"/institution-cases/review/{number}/", client.get("/").content.decode()
        assert number in home and client.get(page).status_code == 200
        typed = {"key": str(uuid.uuid4()), "seen": 1, "checked": list(CHECKED)}
        assert client.get(f"{page}confirm_review/").status_code == 200
        assert client.post(f"{page}confirm_review/", typed | {"checked": []}).status_code == 409
        assert client.post(f"{page}confirm_review/", typed).status_code == 303


def succeed(former, later, day, who="secretary"):
    with at(day):
        return succession.register_successor(
            former.institution, by=former.staff[who], successor=later.institution, from_on=day,
            **REASON,
        )  # fmt: skip


@pytest.fixture
def two(walk_to):
    walks = [walk_to("authorised"), walk_to("authorised")]
    for walked in walks:
        walked.institution = walked.case().institution
    return walks


def test_both_pages_show_the_succession(two):
    former, later = two
    day = max(former.day, later.day) + dt.timedelta(days=7)
    succeed(former, later, day)
    client = Client()
    client.force_login(former.staff["auditor"])
    with at(day):
        for walked, words in ((former, "Succeeded by"), (later, "Succeeds")):
            page = client.get(f"/institutions/{walked.institution.pk}/").content.decode()
            assert words in page


def test_impossible_successions_are_refused_in_words(two, walk_to):
    former, later = two
    day = max(former.day, later.day) + dt.timedelta(days=7)
    other = walk_to("received")
    other.institution = other.case().institution
    for one, next_one, when, words in (
        (former, former, day, "can not succeed itself"),
        (former, other, day, "is not authorised on"),
        (other, later, day, "was never authorised"),
        (former, later, dt.date(2019, 1, 1), "is not authorised on"),
    ):
        with pytest.raises(Refused, match=words):
            succeed(one, next_one, when) if when == day else at_day(one, next_one, day, when)
    with pytest.raises(NotYours):
        succeed(former, later, day, who="officer")
    succeed(former, later, day)
    with pytest.raises(Refused, match="already"):
        succeed(former, later, day)
    with pytest.raises(Refused, match="circle"):
        succeed(later, former, day)
    row = Succession.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        row.pk, row._state.adding, row.successor_id = None, True, row.institution_id
        row.save()


def at_day(former, later, day, from_on):
    with at(day):
        succession.register_successor(former.institution, by=former.staff["secretary"],
                                      successor=later.institution, from_on=from_on, **REASON)  # fmt: skip


def test_through_the_page(two):
    former, later = two
    day = max(former.day, later.day) + dt.timedelta(days=7)
    client = Client()
    client.force_login(former.staff["secretary"])
    base = f"/institutions/{former.institution.pk}/succession/register_successor/"
    typed = {"key": str(uuid.uuid4()), "seen": 0, "successor": later.institution.pk,
             "from_on": day.isoformat(), **REASON}  # fmt: skip
    with at(day):
        assert client.get(base).status_code == 200
        assert client.post(base, typed | {"successor": ""}).status_code == 422
        assert client.post(base, typed).status_code == 303
    assert Succession.objects.get().successor == later.institution


@pytest.mark.django_db(transaction=True)
def test_each_is_recorded_once(walk_to, together):
    walks = [walk_to("authorised"), walk_to("authorised")]
    for walked in walks:
        walked.institution = walked.case().institution
    former, later = walks
    day = max(former.day, later.day) + dt.timedelta(days=7)
    results = together(
        [lambda: succeed(former, later, day)] * 10 + [lambda: succeed(later, former, day)] * 10
    )
    assert sum(isinstance(r, ProcessEvent) for r in results) == 1
    assert all(isinstance(r, ProcessEvent | Refused) for r in results), results
    with at(former.institution.review_on):
        begun = together([lambda: review.open_review(former.institution,
                                                     by=former.staff["secretary"])] * 20)  # fmt: skip
    assert sum(isinstance(r, ProcessEvent) for r in begun) == 1
    assert clock.today()


def test_the_page_of_a_confirmed_review_opens(place):
    with at(place.institution.review_on):
        jobs.open_reviews()
        review.confirm_review(ReviewCase.objects.get(), by=place.staff["secretary"],
                              checked=list(CHECKED))  # fmt: skip
        client = Client()
        client.force_login(place.staff["auditor"])
        page = client.get(f"/institution-cases/review/{ReviewCase.objects.get().number}/")
    assert page.status_code == 200 and "Confirmed" in page.content.decode()
