"""A hold on an institution: placed, prolonged, lifted, over by itself; told in words everywhere."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from fsesys.core import clock, undoing
from fsesys.core.documents import Notice
from fsesys.core.people import User
from fsesys.core.refusal import NotYours, Refused
from fsesys.desk import search
from institutions import jobs, living
from institutions.hold import actions, selectors
from institutions.hold.models import HoldCase
from institutions.records import InstitutionHold, RoleHolding
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
WHY = "The statement on the breach is missing."


@pytest.fixture
def authorised(walk_to):
    """An authorised institution and the day after its registration."""
    User.objects.update(language="en")
    walked = walk_to("authorised")
    return walked.case().institution, walked.day + dt.timedelta(days=1)


@pytest.fixture
def hold(authorised, staff):
    """hold(**typed): a hold placed on the institution, until a condition unless said."""
    institution, day = authorised

    def place(by="head", on=day, **typed):
        typed = {"condition": "The statement is approved", "cause": "Breach"} | typed
        with at(on):
            return actions.place_hold(institution, by=staff[by], reason=WHY, **typed)

    return place


def page(client, staff, institution, day, who="head"):
    client.force_login(staff[who])
    with at(day):
        return client.get(f"/institutions/{institution.pk}/").content.decode()


def told(error):
    return " ".join(error.value.refusals)


def test_placed_until_a_day_it_includes_that_day_and_is_over_by_itself(
    hold, authorised, staff, client
):
    institution, day = authorised
    last = day + dt.timedelta(days=10)
    event = hold(until_on=last, condition="")
    fact = InstitutionHold.objects.get()
    assert fact.from_at == event.at and fact.event == event
    assert fact.to_at == clock.midnight(last + dt.timedelta(days=1))
    assert event.case.state == "running" and event.case.subject_key == institution.subject_key
    assert "Suspended since" in page(client, staff, institution, last)
    assert "Suspended since" not in page(client, staff, institution, last + dt.timedelta(days=1))
    assert event.case.documents.get().template == "hold"


def test_until_a_condition_it_runs_until_it_is_lifted(hold, authorised, staff, client):
    institution, day = authorised
    case = hold().case
    later = day + dt.timedelta(days=400)
    assert "until: The statement is approved" in page(client, staff, institution, later)
    with at(later):
        event = actions.lift_hold(case, by=staff["head"], reason="It came.")
    fact = InstitutionHold.objects.known().get()
    assert fact.to_at == event.at and event.case.state == "lifted" and event.case.closed_at
    assert InstitutionHold.objects.count() == 2  # retracted and put in its place
    assert "Suspended since" not in page(client, staff, institution, later)
    assert {d.template for d in case.documents.all()} == {"hold", "hold_lifted"}


@pytest.mark.parametrize("typed, words", [
    ({"condition": ""}, "one of them, not both"),
    ({"until_on": dt.date(2030, 1, 1)}, "one of them, not both"),
    ({"until_on": dt.date(2020, 1, 1), "condition": ""}, "can not lie before today"),
    ({"cause": " "}, "Write the cause"),
])  # fmt: skip
def test_what_is_refused_when_it_is_placed(typed, words, hold):
    with pytest.raises(Refused) as error:
        hold(**typed)
    assert words in told(error) and not HoldCase.objects.exists()


def test_only_the_head_and_only_on_an_authorised_institution(hold, staff, case_in, authorised):
    for who in staff:
        if who != "head":
            with pytest.raises(NotYours):
                hold(by=who)
    other = case_in("submitted").institution
    with at(authorised[1]), pytest.raises(Refused, match="not authorised today"):
        actions.place_hold(other, by=staff["head"], reason=WHY, cause="x", condition="y")
    with at(authorised[1]), pytest.raises(Refused, match="Give a reason"):
        actions.place_hold(authorised[0], by=staff["head"], reason=" ", cause="x", condition="y")
    hold()
    with pytest.raises(Refused, match="still open"):
        hold()


def test_own_institution_is_readable_not_decidable(hold, authorised, staff):
    institution, day = authorised
    with at(day):
        now = clock.now()
        RoleHolding.objects.create(
            institution=institution, person=staff["head"].person, role="contact", from_at=now,
            recorded_at=now, recorded_by=staff["head"].person,
        )  # fmt: skip
    with pytest.raises(Refused, match="You belong to this institution yourself"):
        hold()


def test_prolonged_without_a_gap(hold, authorised, staff):
    _institution, day = authorised
    case = hold(until_on=day + dt.timedelta(days=5), condition="").case
    began = InstitutionHold.objects.get().from_at
    by, days = staff["head"], dt.timedelta
    with at(day + days(days=2)):
        with pytest.raises(Refused, match="Give a later day"):
            actions.prolong(case, by=by, reason=WHY, until_on=day + days(days=5))
        with pytest.raises(Refused, match="one of them"):
            actions.prolong(case, by=by, reason=WHY)
        actions.prolong(case, by=by, reason=WHY, until_on=day + days(days=9))
    fact, case = InstitutionHold.objects.known().get(), HoldCase.objects.get()
    assert fact.from_at == began and fact.to_at == clock.midnight(day + days(days=10))
    assert case.until_on == day + days(days=9) and case.state == "running"
    with at(day + days(days=3)):
        actions.prolong(case, by=by, reason=WHY, condition="Approved")
    fact, case = InstitutionHold.objects.known().get(), HoldCase.objects.get()
    assert (fact.to_at, fact.condition, case.until_on) == (None, "Approved", None)
    assert case.documents.filter(template="hold_prolonged").count() == 2


def test_a_precautionary_hold_is_made_final_and_spends_from_then_on(hold, authorised, staff):
    day = authorised[1]
    case = hold(precautionary=True).case
    with at(day + dt.timedelta(days=1)):
        event = actions.make_final(case, by=staff["head"], reason="It was a breach.")
        first, second = InstitutionHold.objects.known().order_by("from_at")
        assert (first.precautionary, first.to_at) == (True, event.at)
        assert (second.precautionary, second.from_at, second.to_at) == (False, event.at, None)
        assert not event.case.precautionary and event.case.documents.count() == 2
        with pytest.raises(Refused, match="not precautionary"):
            actions.make_final(event.case, by=staff["head"], reason="Again.")
        with pytest.raises(NotYours):
            actions.make_final(event.case, by=staff["officer"], reason="Mine.")
    with at(day + dt.timedelta(days=2)):
        actions.lift_hold(event.case, by=staff["head"], reason="It is done.")
        assert not InstitutionHold.objects.at(clock.now()).exists()


def test_over_it_is_neither_prolonged_nor_lifted_and_a_job_closes_its_case(hold, authorised, staff):
    _institution, day = authorised
    case = hold(until_on=day + dt.timedelta(days=1), condition="").case
    other = {"by": staff["head"], "reason": WHY}
    with at(day + dt.timedelta(days=1)):
        with pytest.raises(Refused, match="The hold runs until"):
            actions.close_hold(case, by=staff["head"])
        assert jobs.close_over() == 0
    with at(day + dt.timedelta(days=5)):
        for act in (lambda: actions.prolong(case, condition="x", **other),
                    lambda: actions.lift_hold(case, **other)):  # fmt: skip
            with pytest.raises(Refused, match="The hold was over after"):
                act()
        assert jobs.close_over() == 1 and jobs.close_over() == 0
    case = HoldCase.objects.get()
    assert case.state == "ended" and case.events.last().by.is_system
    assert InstitutionHold.objects.count() == 1  # closing changes no date
    hold(on=day + dt.timedelta(days=6))  # and another can be placed


def test_a_hold_until_a_condition_is_not_closed_by_the_job(hold, authorised):
    case = hold().case
    with at(authorised[1] + dt.timedelta(days=900)):
        assert jobs.close_over() == 0
        assert selectors.facts(case, clock.now()).running


def test_undone_while_its_letter_waits(hold, authorised, staff, waiting):
    institution, day = authorised
    case, head = hold().case, staff["head"]
    with at(day):
        event = undoing.undo(case, by=head)
    assert event.case.state == "withdrawn" and not InstitutionHold.objects.known().exists()
    assert Notice.objects.get(case=case).recalled_at
    case = hold().case
    with at(day):
        actions.prolong(case, by=head, reason=WHY, until_on=day + dt.timedelta(days=3))
        undoing.undo(case, by=head)
        case = HoldCase.objects.get(pk=case.pk)
        assert (case.until_on, case.condition) == (None, "The statement is approved")
        assert InstitutionHold.objects.known().get().to_at is None
        actions.lift_hold(case, by=head, reason="x")
        event = undoing.undo(case, by=head)
        assert event.case.state == "running" and selectors.facts(event.case, clock.now()).running
        actions.lift_hold(case, by=head, reason="x")
    hold()  # another: the lifted one can not be opened again
    with at(day), pytest.raises(Refused, match="was opened since; go on there"):
        undoing.undo(case, by=head)


def test_lists_search_and_export_say_suspended(hold, authorised, staff, client, case_in):
    institution, day = authorised
    case_in("submitted")
    hold()
    client.force_login(staff["officer"])
    with at(day):
        shown = client.get("/institutions/?suspended=yes").content.decode()
        others = client.get("/institutions/?suspended=no").content.decode()
        rows = client.get("/institutions/?export=csv")
        found = search.find(institution.name_da)
    words = "until: The statement is approved"
    assert str(institution) in shown and words in shown and words not in others
    assert words in b"".join(rows).decode()
    assert [hit["state"] for hit in found if words in hit["state"]]


def test_pages_from_the_institution_to_the_letter(authorised, staff, client):
    institution, day = authorised
    client.force_login(staff["head"])
    url = f"/institutions/{institution.pk}/institution_hold/place_hold/"
    with at(day):
        assert url in client.get(f"/institutions/{institution.pk}/").content.decode()
        form = client.get(url).context["form"]
        typed = {"key": form["key"].value(), "seen": 0, "cause": "Breach", "precautionary": "yes",
                 "condition": "Approved", "reason": WHY, "paragraph": ""}  # fmt: skip
        assert client.post(url, typed | {"until_on": "1-1-2040"}).status_code == 409
        assert client.post(url, typed | {"cause": ""}).status_code == 422
        done = client.post(url, typed)
        assert done.status_code == 303
        case = HoldCase.objects.get()
        assert done.url == f"/institution-cases/institution_hold/{case.number}/"
        assert client.post(url, typed).status_code == 303 and HoldCase.objects.count() == 1
        assert case.precautionary and InstitutionHold.objects.get().precautionary
        for part in ("", "lift_hold/", "prolong/", "diagram.svg", "case_file/"):
            assert client.get(done.url + part).status_code == 200, part
        client.force_login(staff["secretary"])
        assert client.get(url).status_code == 403
        assert client.get(done.url + "lift_hold/").status_code == 403


def test_the_letter_speaks_the_institutions_language(hold, authorised):
    institution, _day = authorised
    institution.language = "en"
    institution.save()
    document = hold().case.documents.get()
    assert (document.language, document.title) == ("en", "Your authorisation is suspended")
    notice = Notice.objects.get(document=document)
    assert notice.to_mail == living.head_of(institution, notice.queued_at).mail


def test_the_database_refuses_a_hold_without_an_end_and_one_that_overlaps(hold):
    case = hold().case
    fact = InstitutionHold.objects.get()
    for changes in ({"condition": ""}, {}):
        with pytest.raises(DatabaseError), transaction.atomic():
            InstitutionHold.objects.create(
                institution=fact.institution, case=case, from_at=fact.from_at, event=fact.event,
                recorded_at=fact.recorded_at, recorded_by=fact.recorded_by,
                **({"condition": "other"} | changes),
            )  # fmt: skip
