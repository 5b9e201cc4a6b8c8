"""Holds on a person: stopped, prolonged, lifted, over by itself; the letter goes to the person."""

from __future__ import annotations

import datetime as dt

import pytest

from fsesys.core import clock, parameters, undoing
from fsesys.core.documents import Notice
from fsesys.core.letters.compose import compose
from fsesys.core.people import User
from fsesys.core.refusal import NotYours, Refused
from institutions.records import RoleHolding
from researchers import jobs
from researchers.hold.actions import HOLDS
from researchers.hold.models import PersonHoldCase
from researchers.records import PersonHold, Researcher
from tests import people
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY = dt.timedelta(days=1)


@pytest.fixture
def attached(walk_to, staff):
    """(the researcher of an active association, the day after it began)."""
    User.objects.update(language="en")
    walked = walk_to("authorised")
    with at(walked.day + DAY):
        case = people.active(walked.case().institution, staff, language="en")
    found = Researcher.objects.select_related("person").get(person=case.person)
    return found, walked.day + 2 * DAY


def place(researcher, staff, on, by="head", **typed):
    typed = {"cause": "Breach", "condition": "Approved", "reason": "A list went out."} | typed
    with at(on):
        return HOLDS.place_hold(researcher, by=staff[by], **typed)


def test_placed_prolonged_lifted_with_letters_to_the_person(attached, staff, client):
    researcher, day = attached
    event = place(researcher, staff, day, until_on=day + 5 * DAY, condition="", precautionary=True)
    fact = PersonHold.objects.get()
    assert fact.person == researcher.person and fact.precautionary
    assert (fact.from_at, fact.to_at) == (event.at, clock.midnight(day + 6 * DAY))
    client.force_login(staff["head"])
    with at(day):
        page = client.get(f"/researchers/{researcher.pk}/").content.decode()
        assert "Access is stopped" in page and event.case.number in page
        shown = client.get(f"/researcher-cases/person_hold/{event.case.number}/").content.decode()
        assert "Stopped since" in shown
        HOLDS.prolong(event.case, by=staff["head"], reason="More", condition="Approved")
        assert PersonHold.objects.known().get().to_at is None
        done = HOLDS.lift_hold(event.case, by=staff["head"], reason="It came.")
        assert not PersonHold.objects.at(clock.now()).exists()
        page = client.get(f"/researchers/{researcher.pk}/").content.decode()
        assert "Access is stopped" not in page
        for told in ("Timeline", "Hold lifted", "Association", "The stop of your access is lifted"):
            assert told in page, told
    letters = done.case.documents.exclude(template="").order_by("pk")
    assert [one.template for one in letters] == [
        "person_hold", "person_hold_prolonged", "person_hold_lifted"]  # fmt: skip
    for letter in letters:
        assert Notice.objects.get(document=letter).to_mail == researcher.person.mail
        assert letter.language == "en"
        for language in ("da", "en"):
            assert researcher.ident in compose(letter.template, letter.context, language)


def test_only_the_head_never_about_oneself_and_with_one_end(attached, staff):
    researcher, day = attached
    for who in staff:
        if who != "head":
            with pytest.raises(NotYours):
                place(researcher, staff, day, by=who)
    for typed, words in (
        ({"until_on": day}, "one of them, not both"), ({"condition": ""}, "one of them, not both"),
        ({"until_on": day - DAY, "condition": ""}, "can not lie before today"),
        ({"cause": " "}, "Write the cause"), ({"reason": " "}, "Give a reason"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            place(researcher, staff, day, **typed)
    home = researcher.person.associations.get().institution
    with at(day):
        now = clock.now()
        RoleHolding.objects.create(
            institution=home, person=staff["head"].person, role="contact", from_at=now,
            to_at=now + DAY / 2, recorded_at=now, recorded_by=staff["head"].person,
        )  # fmt: skip
    with pytest.raises(Refused, match="a colleague must do this"):
        place(researcher, staff, day)
    researcher.person.same_as = staff["head"].person
    researcher.person.save()
    again = {"head": User.objects.get(pk=staff["head"].pk)}  # as the next request has them
    researcher = Researcher.objects.select_related("person").get(pk=researcher.pk)
    with pytest.raises(Refused, match="a colleague must do this"):
        place(researcher, again, day + DAY)
    assert not PersonHoldCase.objects.exists() and not PersonHold.objects.exists()


def test_a_job_closes_the_case_of_a_hold_that_is_over(attached, staff):
    researcher, day = attached
    case = place(researcher, staff, day, until_on=day, condition="").case
    with pytest.raises(Refused, match="still open"):
        place(researcher, staff, day)
    with at(day):
        jobs.person_holds_over()
        assert PersonHoldCase.objects.get().state == "running"
    with at(day + 3 * DAY):
        with pytest.raises(Refused, match="was over after"):
            HOLDS.lift_hold(case, by=staff["head"], reason="x")
        jobs.person_holds_over()
    assert PersonHoldCase.objects.get().state == "ended"
    assert PersonHold.objects.count() == 1  # closing changes no date
    assert place(researcher, staff, day + 4 * DAY).case.state == "running"


def test_undone_while_its_letter_waits(attached, staff, monkeypatch):
    words = parameters.DEFAULTS["letter_wait_minutes"][1]
    monkeypatch.setitem(parameters.DEFAULTS, "letter_wait_minutes", (10, words))
    researcher, day = attached
    case = place(researcher, staff, day).case
    with at(day):
        assert undoing.undo(case, by=staff["head"]).case.state == "withdrawn"
        assert not PersonHold.objects.known().exists()
    assert Notice.objects.get(case=case).recalled_at


def test_the_pages_from_the_person_to_the_hold(attached, staff, client):
    researcher, day = attached
    client.force_login(staff["head"])
    url = f"/researchers/{researcher.pk}/person_hold/place_hold/"
    with at(day):
        assert url in client.get(f"/researchers/{researcher.pk}/").content.decode()
        page = client.get(url)
        assert researcher.person.mail in page.content.decode()
        typed = {"key": page.context["form"]["key"].value(), "seen": 0, "cause": "Breach",
                 "precautionary": "no", "condition": "Approved", "reason": "Of need."}  # fmt: skip
        assert client.post(url, typed | {"cause": ""}).status_code == 422
        assert client.post(url, typed | {"until_on": "1-1-2040"}).status_code == 409
        done = client.post(url, typed)
        case = PersonHoldCase.objects.get()
        assert (done.status_code, done.url) == (
            303,
            f"/researcher-cases/person_hold/{case.number}/",
        )
        assert client.post(url, typed).status_code == 303 and PersonHoldCase.objects.count() == 1
        for part in ("lift_hold/", "prolong/", "diagram.svg", "case_file/"):
            assert client.get(done.url + part).status_code == 200, part
        client.force_login(staff["secretary"])
        assert client.get(url).status_code == 403
        assert client.get(f"{done.url}lift_hold/").status_code == 403
