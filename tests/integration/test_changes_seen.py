"""What was looked at is what is changed: untouched facts, other people's changes, the day's letters."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client

from fsesys.core import casepage, clock
from fsesys.core.people import SystemActor
from fsesys.core.refusal import Refused
from institutions.changes.models import ChangeCase
from institutions.changes.selectors import held_at
from institutions.hold import actions as holds
from institutions.records import Institution, InstitutionFacts
from institutions.review import actions as reviews
from institutions.review.models import ReviewCase
from tests.integration.test_changes import change, place  # noqa: F401
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
DAY = dt.timedelta(days=1)


class Page:
    """The form as it was opened once, sent with what was typed into it."""

    def __init__(self, place):  # noqa: F811
        self.place, self.client = place, Client()
        self.client.force_login(place.staff["secretary"])
        self.url = f"/institutions/{place.institution.pk}/change_of_facts/change_facts/"
        with at(place.day):
            fields = list(self.client.get(self.url).context["form"])
        self.data = self.filled(fields) | {"key": str(uuid.uuid4()), "reason": "They wrote."}

    @staticmethod
    def filled(fields):
        values = {field.name: field.value() for field in fields if field.name != "upload"}
        return {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in values.items()
            if value is not None
        }

    def compare(self, **typed):
        """Send what was typed; the page that shows old and new beside it."""
        with at(self.place.day):
            answer = self.client.post(self.url, self.data | typed)
        self.data |= self.filled(answer.context["form"])
        return answer

    def send(self, **typed):
        """Compare, and then do what was compared."""
        answer = self.compare(**typed)
        return answer if answer.status_code != 200 else self.do()

    def do(self, **typed):
        with at(self.place.day):
            answer = self.client.post(self.url, self.data | typed)
        if answer.status_code != 303:
            self.data |= self.filled(answer.context["form"])
        return answer


def sides(answer):
    return [(row["label"], row["new"]) for row in answer.context["form"].sides]


def on_day(place, day):  # noqa: F811
    institution = Institution.objects.get(pk=place.institution.pk)
    return held_at(institution, clock.midnight(day) + dt.timedelta(hours=12))


def test_an_untouched_field_keeps_its_past(place):  # noqa: F811
    old = place.institution.address
    change(place, address="Nyvej 1", from_on=place.day - 5 * DAY)
    answer = Page(place).send(web="https://nyt.dk/", from_on=(place.day - 20 * DAY).isoformat())
    assert answer.status_code == 303
    assert set(ChangeCase.objects.order_by("pk").last().changes) == {"web"}
    assert on_day(place, place.day - 10 * DAY).address == old
    assert on_day(place, place.day).address == "Nyvej 1"


def test_an_untouched_field_keeps_its_known_future(place):  # noqa: F811
    change(place, address="Havnen 1", from_on=place.day + 10 * DAY)
    answer = Page(place).send(web="https://nyt.dk/", from_on=(place.day + 20 * DAY).isoformat())
    assert answer.status_code == 303
    assert on_day(place, place.day + 30 * DAY).address == "Havnen 1"
    assert on_day(place, place.day + 30 * DAY).web == "https://nyt.dk/"


def test_the_second_of_two_who_looked_at_the_same_is_told(place):  # noqa: F811
    first, second = Page(place), Page(place)
    assert first.send(address="A-vej").status_code == 303
    answer = second.send(web="https://b.dk/")
    assert answer.status_code == 409 and "after you opened the page" in answer.content.decode()
    assert on_day(place, place.day).address == "A-vej"
    assert second.do().status_code == 303, "now they have seen it"
    assert (on_day(place, place.day).address, on_day(place, place.day).web) == (
        "A-vej", "https://b.dk/")  # fmt: skip


def test_schemes_in_another_order_are_the_same(place):  # noqa: F811
    Institution.objects.filter(pk=place.institution.pk).update(schemes=["thesis", "researcher"])
    assert Page(place).send(web="https://nyt.dk/").status_code == 303
    assert set(ChangeCase.objects.get().changes) == {"web"}


def test_a_further_scheme_is_an_extension(place):  # noqa: F811
    more = [*place.institution.schemes, "project_database"]
    for answer in ("yes", "no"):
        with pytest.raises(Refused, match="as an extension"):
            change(place, schemes=more, supplement=answer, supplement_reason="-")


def test_a_letter_of_the_day_though_the_job_has_not_run(place):  # noqa: F811
    change(place, address="Havnen 2", language="en", from_on=place.day + 5 * DAY)
    with at(place.day + 5 * DAY):
        institution = Institution.objects.get(pk=place.institution.pk)
        assert institution.address != "Havnen 2"
        case = holds.place_hold(institution, by=place.staff["head"], reason="Of need.",
                                cause="Breach", condition="Approved").case  # fmt: skip
    letter = case.documents.get()
    assert letter.context["recipient"]["lines"] == ["Havnen 2"] and letter.language == "en"
    assert letter.title == "Your authorisation is suspended"


def test_nobody_is_said_to_have_typed_what_the_record_said(place):  # noqa: F811
    event = change(place, address="Nyvej 1")
    first, *rest = InstitutionFacts.objects.order_by("pk")
    assert first.recorded_by == SystemActor().person
    assert {row.recorded_by for row in rest} == {event.by}


def test_the_page_of_a_confirmed_review_and_its_list(place):  # noqa: F811
    day, staff, client = place.institution.review_on, place.staff, Client()
    client.force_login(staff["auditor"])
    with at(day - 5 * DAY):
        case = reviews.open_review(place.institution, by=staff["secretary"]).case
        assert str(place.institution) not in overdue(client)
    with at(day + DAY):
        assert str(place.institution) in overdue(client)
        case = ReviewCase.objects.select_related("responsible", *ReviewCase.related).get(pk=case.pk)
        points = ["responsible", "substitutes", "mail_domains", "address"]
        reviews.confirm_review(case, by=staff["secretary"], checked=points)
        page = client.get(f"/institution-cases/review/{case.number}/")
        assert page.status_code == 200 and "mail_domains" in page.content.decode()
        assert str(place.institution) not in overdue(client)


def overdue(client):
    return client.get("/institutions/?review=overdue").content.decode()


def test_a_list_of_words_in_the_story_is_told(place):  # noqa: F811
    case = place.case()
    old, new = case.row_history.last(), case.row_history.last()
    new.schemes = ["thesis", "client"]
    shown = casepage._change(type(case)._meta.get_field("schemes"), old, new, {})
    assert shown["new"] == "thesis, client"


def test_nothing_is_saved_before_old_and_new_were_seen(place):  # noqa: F811
    page = Page(place)
    answer = page.compare(address="Nyvej 1\r\n8000 Aarhus")
    assert answer.status_code == 200 and not ChangeCase.objects.exists()
    assert sides(answer) == [("Address", "Nyvej 1\n8000 Aarhus")]
    words = answer.content.decode()
    assert "Nothing is saved yet" in words and "Supplementary agreement needed" not in words
    again = page.compare(address="Nyvej 2")
    assert again.status_code == 200 and sides(again) == [("Address", "Nyvej 2")]
    assert page.do().status_code == 303
    assert ChangeCase.objects.get().changes["address"][1] == "Nyvej 2"


def test_the_name_asks_about_the_supplement(place):  # noqa: F811
    page = Page(place)
    answer = page.compare(name_en="Department of New")
    assert "Supplementary agreement needed" in answer.content.decode()
    unanswered = page.do()
    assert unanswered.status_code == 409 and "Answer whether" in unanswered.content.decode()
    assert sides(unanswered) == [("Name in English", "Department of New")]
    assert page.do(supplement="yes").status_code == 303
    assert ChangeCase.objects.get().state == "awaiting_supplement"


def test_a_change_ahead_is_taken_back_on_its_own_day(place):  # noqa: F811
    ahead, old = place.day + 10 * DAY, place.institution.address
    change(place, address="Havnen 1", from_on=ahead)
    page = Page(place)
    answer = page.compare(from_on=ahead.isoformat())
    assert answer.status_code == 409 and page.data["address"] == "Havnen 1"
    assert sides(page.compare(address=old)) == [("Address", old)]
    assert page.do().status_code == 303
    assert on_day(place, ahead).address == old
