"""The change of the responsible person: the new one signs, at most one holds the role, gaps show."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from fsesys.core import clock, jobs, processes, undoing
from fsesys.core.cases import ProcessEvent
from fsesys.core.letters.compose import compose
from fsesys.core.refusal import NeedsSecond, NotYours, Refused
from fsesys.desk.demo import applications
from institutions import jobs as institutions_jobs
from institutions.records import RoleHolding
from institutions.responsible import actions
from institutions.responsible.models import ResponsibleCase
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
NEW = {"name": "Nanna Holst", "mail": "nanna@ku.dk", "title": "Head of department"}
ASKED = NEW | {"asked_by": "Head of faculty", "upload": applications.pdf("asked", "asked.pdf")}


@pytest.fixture
def place(walk_to):
    """An authorised institution, its walk, and the day after."""
    walked = walk_to("authorised")
    walked.day += dt.timedelta(days=7)
    walked.institution = walked.case().institution
    return walked


def begin(place, who="secretary", **typed):
    typed = ASKED | {"asked_on": place.day} | typed
    with at(place.day):
        return actions.register_change(place.institution, by=place.staff[who], **typed).case


def sign(place, case, who="secretary", **typed):
    typed = {"upload": applications.pdf("signed", "signed.pdf"), "road": "scan",
             "signed_on": place.day, "signer": case.person_id} | typed  # fmt: skip
    with clock.moved(applications.noon(place.day) + dt.timedelta(hours=2)):
        case = ResponsibleCase.objects.get(pk=case.pk)
        return actions.register_signature(case, by=place.staff[who], **typed)


def responsible(place, when):
    rows = RoleHolding.objects.at(when).filter(institution=place.institution, role="responsible")
    return [row.person.name for row in rows.select_related("person")]


def test_the_role_moves_when_the_new_person_has_signed(place):
    case = begin(place)
    former = responsible(place, case.opened_at)
    assert former and former != ["Nanna Holst"] and case.state == "awaiting_signature"
    event = sign(place, case)
    assert responsible(place, event.at) == ["Nanna Holst"]
    assert responsible(place, event.at - dt.timedelta(seconds=1)) == former
    letters = {d.template: d for d in event.case.documents.exclude(template="")}
    assert set(letters) == {"responsible_declaration", "responsible_changed"}
    assert event.case.documents.filter(template="responsible_changed").count() == 2  # new, former
    for language in ("da", "en"):
        for letter in letters.values():
            html = compose(letter.template, letter.context | {"language": language}, language)
            assert "Nanna Holst" in html
    assert bytes(jobs.pdf_of(letters["responsible_changed"]).file.content).startswith(b"%PDF")


def test_a_gap_is_shown_until_the_new_person_signs(place):
    client = Client()
    client.force_login(place.staff["auditor"])
    url = f"/institutions/{place.institution.pk}/"
    case = begin(place, left_on=place.day - dt.timedelta(days=2))
    with at(place.day):
        assert "No responsible person since" in client.get(url).content.decode()
        assert responsible(place, case.opened_at) == []
    sign(place, case)
    with at(place.day + dt.timedelta(days=1)):
        assert "No responsible person since" not in client.get(url).content.decode()


@pytest.mark.parametrize("typed, words", [
    ({"asked_on": dt.date(2030, 1, 1)}, "after today"),
    ({"left_on": dt.date(2030, 1, 1)}, "has left already"),
    ({"left_on": dt.date(2020, 1, 1)}, "can not have left before"),
])  # fmt: skip
def test_impossible_days_are_refused(place, typed, words):
    with pytest.raises(Refused, match=words):
        begin(place, **typed)
    assert not ResponsibleCase.objects.exists()


def test_the_same_person_or_a_substitute_is_told(place):
    with at(place.day):
        rows = RoleHolding.objects.at(clock.now()).filter(institution=place.institution)
        people = {row.role: row.person for row in rows.select_related("person")}
    with pytest.raises(Refused, match="is the responsible person already"):
        begin(place, name=people["responsible"].name, mail=people["responsible"].mail)
    substitute = {"name": people["substitute"].name, "mail": people["substitute"].mail}
    with pytest.raises(Refused, match="is a substitute today"):
        begin(place, **substitute)
    event = sign(place, begin(place, ends_substitute=True, **substitute))
    assert responsible(place, event.at) == [people["substitute"].name]
    left = RoleHolding.objects.at(event.at).filter(institution=place.institution, role="substitute")
    assert not left.exists()


def test_who_asked_must_hold_the_role_and_the_letter_is_filed(place):
    former = responsible(place, applications.noon(place.day))[0]
    for typed, words in (
        ({"asked_as": "responsible", "asked_by": "Somebody"}, f"hold that role today: {former}"),
        ({"asked_as": "substitute", "asked_by": former}, "does not hold that role today"),
        ({"upload": None}, "File the letter or mail"),
    ):
        with pytest.raises(Refused, match=words):
            begin(place, **typed)
    case = begin(place, asked_as="responsible", asked_by=former.upper())
    assert case.documents.filter(direction="in").exists()
    other = begin_again(place, case, upload=None, channel="phone")
    assert not other.documents.filter(direction="in").exists()


def begin_again(place, case, **typed):
    with at(place.day):
        actions.withdraw(ResponsibleCase.objects.get(pk=case.pk), by=place.staff["secretary"],
                         reason="They think anew.")  # fmt: skip
    return begin(place, **typed)


def test_the_role_begins_on_the_later_day_that_was_asked_for(place):
    with pytest.raises(Refused, match="Write a day ahead"):
        begin(place, from_on=place.day - dt.timedelta(days=1))
    later = place.day + dt.timedelta(days=10)
    case = begin(place, from_on=later)
    former = responsible(place, case.opened_at)
    event = sign(place, case)
    assert responsible(place, event.at) == former
    assert responsible(place, clock.midnight(later) - dt.timedelta(seconds=1)) == former
    assert responsible(place, clock.midnight(later)) == ["Nanna Holst"]
    # yet another person signs before that day: the first never begins
    case = begin(place, name="Ole Vinther", mail="ole@ku.dk")
    event = sign(place, case, upload=applications.pdf("other", "other.pdf"))
    assert responsible(place, event.at) == ["Ole Vinther"]
    assert responsible(place, clock.midnight(later)) == ["Ole Vinther"]


def test_who_is_signed_to_begin_later_is_shown_and_still_begins(place):
    later, client = place.day + dt.timedelta(days=20), Client()
    client.force_login(place.staff["secretary"])
    sign(place, begin(place, from_on=later))
    url = f"/institutions/{place.institution.pk}/"
    place.day += dt.timedelta(days=5)
    with at(place.day):
        assert f"Nanna Holst, from {later:%-d %B %Y}" in client.get(url).content.decode()
        past = client.get(url, {"on": (place.day - dt.timedelta(days=2)).isoformat()})
        assert "Nanna Holst, from" not in past.content.decode()
        form = client.get(f"{url}change_of_responsible/register_change/").content.decode()
        assert "Nanna Holst has signed and becomes responsible on" in form
    case = begin(place, name="Ole Vinther", mail="ole@ku.dk",
                 left_on=place.day - dt.timedelta(days=1))  # fmt: skip
    assert responsible(place, case.opened_at) == []
    assert responsible(place, clock.midnight(later)) == ["Nanna Holst"]
    with at(place.day):
        page = client.get(f"/institution-cases/change_of_responsible/{case.number}/")
        assert "Nanna Holst has signed and becomes" in page.content.decode()


def test_reminded_once_when_the_day_has_come(place):
    case = begin(place, left_on=place.day - dt.timedelta(days=1))
    assert case.remind_on == place.day + dt.timedelta(days=30)
    with at(place.day), pytest.raises(Refused, match="A reminder is due on"):
        actions.remind(case, by=place.staff["secretary"])
    with at(case.remind_on):
        assert institutions_jobs.remind_due() == 1
        assert institutions_jobs.remind_due() == 0
        letter = case.documents.get(template="responsible_reminder")
        with pytest.raises(Refused, match="has been sent already"):
            actions.remind(ResponsibleCase.objects.get(), by=place.staff["secretary"])
    assert letter.notices.get().to_mail == NEW["mail"] and letter.context["gap_since"]


def test_who_became_a_substitute_meanwhile_is_told_not_broken(place):
    case = begin(place)
    with at(place.day):
        RoleHolding.objects.create(
            institution=place.institution, person=case.person, role="substitute",
            from_at=clock.now() + dt.timedelta(days=3), recorded_at=clock.now(),
            recorded_by=place.staff["secretary"].person, event=case.events.get(),
        )  # fmt: skip
    with pytest.raises(Refused, match="is a substitute by now"):
        sign(place, case)


def test_nobody_registers_their_own_role(place):
    own = place.staff["secretary"].person
    with pytest.raises(Refused, match="a colleague must do this"):
        begin(place, name=own.name, mail=own.mail or "secretary@example.org")


def test_who_signs_and_when(place):
    case = begin(place)
    for typed, words in (({"signer": 0}, "must be signed by Nanna"),
                         ({"signed_on": place.day + dt.timedelta(days=9)}, "in the future"),
                         ({"signed_on": place.day - dt.timedelta(days=9)}, "signed before")):  # fmt: skip
        with pytest.raises(Refused, match=words):
            sign(place, case, **typed)
    with pytest.raises(NeedsSecond):
        sign(place, case, road="elsewhere")
    with pytest.raises(NotYours):
        sign(place, case, who="responsible")
    sign(place, case)


def test_only_an_authorised_institution_and_one_case_at_a_time(place, walk_to):
    begin(place)
    with pytest.raises(Refused, match="still open"):
        begin(place, mail="other@ku.dk")
    other = walk_to("received")
    other.institution, other.day = other.case().institution, place.day
    with pytest.raises(Refused, match="is not authorised today"):
        begin(other)


def test_the_database_holds_at_most_one(place):
    row = RoleHolding.objects.known().get(institution=place.institution, role="responsible")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.pk, row.person_id, row._state.adding = None, place.staff["head"].person_id, True
        row.save()


def test_undone_the_former_person_is_responsible_again(place, waiting):
    case = begin(place)
    former = responsible(place, case.opened_at)
    event = sign(place, case)
    with clock.moved(event.at + dt.timedelta(minutes=1)):
        undone = undoing.undo(ResponsibleCase.objects.get(pk=case.pk), by=place.staff["secretary"])
    assert responsible(place, undone.at) == former
    assert ResponsibleCase.objects.get(pk=case.pk).state == "awaiting_signature"
    sign(place, case, upload=applications.pdf("again", "again.pdf"), signed_on=place.day)


def test_through_the_pages(place):
    client = Client()
    client.force_login(place.staff["secretary"])
    base = f"/institutions/{place.institution.pk}/change_of_responsible/register_change/"
    typed = NEW | {"key": str(uuid.uuid4()), "seen": 0, "asked_by": "The dean",
                   "asked_on": place.day.isoformat(), "channel": "phone",
                   "asked_as": "management"}  # fmt: skip
    with at(place.day):
        assert "Change responsible person" in client.get(
            f"/institutions/{place.institution.pk}/").content.decode()  # fmt: skip
        assert "the new responsible person" in client.get(base).content.decode()
        assert client.post(base, typed | {"name": ""}).status_code == 422
        answer = client.post(base, typed)
        assert answer.status_code == 303
        assert client.post(base, typed).status_code == 303  # the same form again: told, not doubled
        assert ResponsibleCase.objects.count() == 1
        page = client.get(answer["Location"]).content.decode()
        assert "Nanna Holst" in page and "The dean" in page
        for verb in ("register_signature", "withdraw", "note"):
            assert client.get(f"{answer['Location']}{verb}/").status_code == 200, verb
        client.force_login(place.staff["officer"])
        assert client.get(base).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_one_signature_is_registered_once(walk_to, together):
    for _n in range(3):
        walked = walk_to("authorised")
        walked.day += dt.timedelta(days=7)
        walked.institution = walked.case().institution
        case = begin(walked)
        results = together([lambda walked=walked, case=case: sign(walked, case)] * 20)
        assert sum(isinstance(r, ProcessEvent) for r in results) == 1
        assert all(isinstance(r, ProcessEvent | Refused) for r in results), results
        event = next(r for r in results if isinstance(r, ProcessEvent))
        assert responsible(walked, event.at) == ["Nanna Holst"]


def test_it_is_known_to_the_register_of_processes():
    assert processes.get("change_of_responsible").opens_on == "institution"
