"""An authorisation ends: what hangs on it is listed, confirmed, ended or put before a person."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from fsesys.core import clock, dependants, everyday, roles, undoing
from fsesys.core.cases import ProcessEvent
from fsesys.core.documents import Notice
from fsesys.core.hanging import ListedForm
from fsesys.core.letters.compose import compose
from fsesys.core.people import Person, User
from fsesys.core.refusal import NotYours, Refused
from fsesys.desk import work
from fsesys.desk.demo import applications
from institutions import living
from institutions.authorisation import signing
from institutions.authorisation.models import AuthorisationCase
from institutions.hold import actions as holds
from institutions.hold.models import HoldCase
from institutions.records import AuthorisationPeriod, EnterpriseRight, RoleHolding
from institutions.responsible import actions as changes
from institutions.termination import actions
from institutions.termination.models import TerminationCase
from tests.office import at, stated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
WHY = "The criteria are no longer met."
URL = "/institutions/{}/termination/{}/"


@pytest.fixture
def authorised(walk_to):
    """An authorised institution and the day after its registration."""
    walked = walk_to("authorised")
    User.objects.update(language="en")
    return walked.case().institution, walked.day + dt.timedelta(days=1)


@pytest.fixture
def held(authorised, staff):
    """The open case of a hold on it."""
    with at(authorised[1]):
        return holds.place_hold(authorised[0], by=staff["head"], reason=WHY, cause="Breach",
                                condition="Approved").case  # fmt: skip


@pytest.fixture
def end(authorised, staff):
    """end(who, **typed): ended with everything that hangs on it confirmed, unless said."""
    institution, day = authorised

    def act(who="chief", on=day, **typed):
        with at(on):
            keys = [row.key for row in dependants.of(institution.subject_key, clock.now())]
            typed = {"listed": keys, "confirmed": True} | typed
            if who == "head":
                typed = wish(institution, on) | typed
                return actions.terminate_on_wish(institution, by=staff["head"], **typed)
            return actions.terminate(institution, by=staff[who], **({"reason": WHY} | typed))

    return act


def wish(institution, day):
    return {"wished_by": living.head_of(institution, clock.now()), "received_on": day,
            "upload": applications.pdf("we stop", "stop.pdf")}  # fmt: skip


def page(client, staff, institution, day):
    client.force_login(staff["officer"])
    with at(day):
        return client.get(f"/institutions/{institution.pk}/").content.decode()


def test_ended_now_with_right_and_roles_at_the_same_instant(end, authorised, staff, client):
    institution, day = authorised
    number, before = institution.authorisation_number, RoleHolding.objects.known().count()
    event = end()
    assert event.case.state == "terminated" and event.case.closed_at == event.at
    rows = [AuthorisationPeriod.objects.known().get(), EnterpriseRight.objects.known().get()]
    rows += RoleHolding.objects.known()
    assert {row.to_at for row in rows} == {event.at} and len(rows) == before + 2
    assert len(event.facts["dependants"]) == before
    letter = event.case.documents.get()
    assert letter.template == "termination" and letter.context["reasons"] == WHY
    assert Notice.objects.get(document=letter).to_name == letter.context["recipient"]["name"]
    assert letter.context["recipient"]["attention"]  # who was responsible until this moment
    assert ", terminated" in page(client, staff, institution, day)
    institution.refresh_from_db()
    assert institution.authorisation_number == number


def test_ended_on_a_day_it_includes_that_day(end, authorised, staff, client):
    institution, day = authorised
    last = day + dt.timedelta(days=30)
    event = end(ends_on=last)
    instant = clock.midnight(last + dt.timedelta(days=1))
    rows = [*AuthorisationPeriod.objects.known(), *EnterpriseRight.objects.known(),
            *RoleHolding.objects.known()]  # fmt: skip
    assert {row.to_at for row in rows} == {instant} and event.case.ends_on == last
    assert ", ends after" in page(client, staff, institution, last)
    assert ", terminated" in page(client, staff, institution, last + dt.timedelta(days=1))
    with pytest.raises(Refused, match="only an earlier end"):
        end(ends_on=last)
    sooner = end(ends_on=day + dt.timedelta(days=3))
    assert AuthorisationPeriod.objects.known().get().to_at < instant and sooner.case.ends_on < last
    end(on=sooner.case.ends_on)  # at once, on its own last day
    ended = AuthorisationPeriod.objects.known().get()
    assert ended.to_at < clock.after(sooner.case.ends_on)


def test_at_the_institutions_wish_with_its_letter(end, authorised, staff, client):
    institution, day = authorised
    head = living.head_of(institution, clock.midnight(day))
    event = end("head")
    assert event.case.state == "ended_on_wish" and event.case.wished_by == head
    filed = event.case.documents.get(direction="in")
    assert (filed.sender, filed.received_on) == (head.name, day)
    assert event.case.documents.filter(template="termination_wish").exists()
    assert "own wish" in page(client, staff, institution, day)


def test_who_may_wish_and_when(end, authorised, staff):
    _institution, day = authorised
    with pytest.raises(Refused, match="may speak for the institution"):
        end("head", wished_by=staff["officer"].person)
    with pytest.raises(Refused, match="after today"):
        end("head", received_on=day + dt.timedelta(days=1))
    assert not TerminationCase.objects.exists()


@pytest.mark.parametrize("typed, words", [
    ({"reason": " "}, "Give a reason"),
    ({"ends_on": dt.date(2020, 1, 1)}, "can not lie before today"),
    ({"confirmed": False}, "Confirm that 4 things end or get a task."),
    ({"listed": ["holding:1", "case:99"]}, "has changed since you opened the page"),
    ({"listed": []}, "has changed since you opened the page"),
])  # fmt: skip
def test_what_is_refused(typed, words, end):
    with pytest.raises(Refused, match=words):
        end(**typed)
    assert not TerminationCase.objects.exists()
    assert AuthorisationPeriod.objects.known().get().to_at is None


def test_who_may_and_on_whom(end, authorised, staff, case_in):
    for who in set(staff) - {"chief", "head"}:
        with pytest.raises(NotYours):
            end(who)
    with at(authorised[1]), pytest.raises(NotYours):
        actions.terminate(authorised[0], by=staff["head"], reason=WHY)
    other = case_in("submitted").institution
    keys = [row.key for row in dependants.of(other.subject_key, clock.now())]
    with at(authorised[1]), pytest.raises(Refused, match="no authorisation in force"):
        actions.terminate(other, by=staff["chief"], reason=WHY, listed=keys, confirmed=True)
    end()
    with pytest.raises(Refused, match="no authorisation in force"):
        end()


def mine(staff, day):
    """The tasks of the FSE responsible on that day, by case number."""
    with at(day):
        person = User.objects.get(pk=staff["responsible"].pk).person
        return {t["number"]: t for t in work.tasks(person, roles.held(person))}


def test_an_open_case_gets_a_task_until_somebody_answers_it(held, end, authorised, staff):
    _institution, day = authorised
    assert held.number not in mine(staff, day)
    event = end()
    assert f"case:{held.pk}" in event.facts["dependants"]
    task = mine(staff, day)[held.number]
    assert "decide what happens" in task["why"] and task["url"].endswith(f"{held.number}/")
    note = held.events.order_by("revision").last()
    assert note.verb == "note" and event.case.number in note.reason
    with at(day):
        everyday.note(held, by=staff["responsible"], reason="It stays; they apply anew.")
    assert held.number not in mine(staff, day)


def test_a_hold_lifted_afterwards_promises_nothing(held, end, authorised, staff):
    end()
    with at(authorised[1]):
        holds.lift_hold(HoldCase.objects.get(), by=staff["head"], reason="It ended.")
    letter = held.documents.get(template="hold_lifted")
    assert letter.context["in_full_force"] is False and letter.channel == "post"
    assert "full force" not in compose("hold_lifted", letter.context | {"language": "en"}, "en")
    assert not Notice.objects.filter(document=letter).exists()  # nobody to mail it to


def test_who_becomes_responsible_under_an_end_is_so_until_then(end, authorised, staff):
    institution, day = authorised
    end(ends_on=day + dt.timedelta(days=30))
    with at(day):
        case = changes.register_change(
            institution, by=staff["secretary"], name="Nanna Holst", mail="nanna@ku.dk",
            asked_by="Head of faculty", asked_on=day, channel="phone",
        ).case  # fmt: skip
    with at(day + dt.timedelta(days=1)):
        changes.register_signature(
            case, by=staff["secretary"], road="scan", signer=case.person_id, signed_on=day,
            upload=applications.pdf("signed", "signed.pdf"),
        )  # fmt: skip
    holding = RoleHolding.objects.known().get(person=case.person)
    assert holding.to_at == AuthorisationPeriod.objects.known().get().to_at is not None


def test_undone_everything_runs_on(held, end, authorised, staff, waiting):
    institution, day = authorised
    event = end()
    with at(day):
        undone = undoing.undo(event.case, by=staff["chief"])
    assert undone.case.state == "withdrawn"
    for model in (AuthorisationPeriod, EnterpriseRight, RoleHolding):
        assert set(model.objects.known().values_list("to_at", flat=True)) == {None}
    assert living.head_of(institution, undone.at)
    assert held.number not in mine(staff, day)
    assert Notice.objects.get(case=event.case).recalled_at
    end("head")  # and it can be done again


def test_not_undone_when_somebody_else_is_authorised_in_its_place(end, authorised, staff, waiting):
    institution, day = authorised
    event = end()
    with at(day):
        begun = clock.now()
        AuthorisationPeriod.objects.create(
            institution=institution, case=AuthorisationCase.objects.get(), from_at=begun,
            recorded_at=begun, recorded_by=staff["chief"].person,
        )  # fmt: skip
        with pytest.raises(Refused, match="has been replaced since"):
            undoing.undo(event.case, by=staff["chief"])
    assert AuthorisationPeriod.objects.known().filter(to_at=None).count() == 1


def test_a_role_that_has_not_begun_is_taken_back(end, authorised, staff):
    institution, day = authorised
    begins = clock.midnight(day + dt.timedelta(days=9))
    RoleHolding.objects.create(
        institution=institution, person=staff["officer"].person, role="user", from_at=begins,
        recorded_at=begins, recorded_by=staff["chief"].person,
    )  # fmt: skip
    end()
    row = RoleHolding.objects.get(role="user")
    assert row.retracted_at and RoleHolding.objects.known().filter(role="user").count() == 0


def test_the_page_lists_and_asks_and_refuses_an_old_list(authorised, staff, client):
    institution, day = authorised
    client.force_login(staff["chief"])
    url = URL.format(institution.pk, "terminate")
    with at(day):
        shown = client.get(url)
        form, text = shown.context["form"], shown.content.decode()
        assert "4 things end or get a task" in text and "responsible for authorisation" in text
        typed = {"key": form["key"].value(), "seen": 0, "reason": WHY, "ends_on": "",
                 "listed": form["listed"].value(), "confirmed": "on"}  # fmt: skip
        unticked = client.post(url, {k: v for k, v in typed.items() if k != "confirmed"})
        assert unticked.status_code == 409
        holds.place_hold(institution, by=staff["head"], reason=WHY, cause="x", condition="y")
        old = client.post(url, typed)
        assert old.status_code == 409 and "has changed since" in old.content.decode()
        form = old.context["form"]
        assert form["listed"].value() != typed["listed"] and not form["confirmed"].value()
        assert "5 things end or get a task" in old.content.decode()
        done = client.post(url, typed | {"listed": form["listed"].value()})
        assert done.status_code == 303 and done.url == f"/institutions/{institution.pk}/"
        case = TerminationCase.objects.get()
        for part in ("", "undo/", "diagram.svg", "case_file/"):
            assert client.get(f"/institution-cases/termination/{case.number}/{part}").status_code
        client.force_login(staff["head"])
        assert client.get(url).status_code == 403
        assert client.get(URL.format(institution.pk, "terminate_on_wish")).status_code == 200


def test_bad_input_is_told_and_stores_nothing(authorised, staff, client):
    institution, day = authorised
    client.force_login(staff["head"])
    url, before = URL.format(institution.pk, "terminate_on_wish"), ProcessEvent.objects.count()
    with at(day):
        key = client.get(url).context["form"]["key"].value()
        for typed in (
            {},
            {"key": key, "seen": 0, "listed": "x" * 30000},
            {"key": key, "seen": 0, "wished_by": "999999", "ends_on": "31-02-2027"},
        ):
            assert client.post(url, typed).status_code == 422
    assert ProcessEvent.objects.count() == before


def test_the_institution_may_apply_anew_and_keeps_its_number(end, authorised, staff):
    institution, day = authorised
    number = institution.authorisation_number
    again = stated(0, day) | {"again": institution, "institution": {}}
    with at(day), pytest.raises(Refused, match="authorised already"):
        signing.register_application(by=staff["secretary"], **again)
    end()
    with at(day):
        event = signing.register_application(by=staff["secretary"], **again)
    assert event.case.institution == institution and event.case.state == "received"
    institution.refresh_from_db()
    assert institution.authorisation_number == number


def test_ending_costs_the_same_for_three_roles_and_for_thirty(end, authorised, staff):
    """The statements do not grow with the roles that end."""
    institution, day = authorised
    costs = []
    for count in (0, 3, 27):  # at first what a process asks once, such as its content types
        begun = clock.midnight(day)
        for n in range(count):
            RoleHolding.objects.create(
                institution=institution, person=Person.objects.create(name=f"User {n}"),
                role="user", from_at=begun, recorded_at=begun, recorded_by=staff["chief"].person,
            )  # fmt: skip
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            end()
            transaction.set_rollback(True)
        costs.append(len(asked))
    assert costs[2] <= costs[1] <= 50, costs  # each kind that can hang asks once or twice


def test_what_a_large_institution_has_can_be_listed():
    field = ListedForm.base_fields["listed"]
    keys = " ".join(f"access:{n}" for n in range(1_000_000, 1_040_000))
    assert field.clean(keys) == keys
    with pytest.raises(ValidationError):
        field.clean("x" * 1_000_001)
