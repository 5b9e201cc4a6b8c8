"""Granting, refusing, ending and renewing an access, and what the rule says of it at once."""

import datetime as dt

import pytest

from fsesys.core import clock, dependants, processes
from fsesys.core.cases import Case
from fsesys.core.documents import Document
from fsesys.core.people import Person
from fsesys.core.refusal import NotYours, Refused
from institutions.records import RoleHolding
from projects import access
from projects.explaining import missing
from projects.grant import actions
from projects.grant.models import GrantCase
from projects.records import Grant, Project
from tests.accesses import SINCE, opened
from tests.benchmarks.load import untriggered
from tests.database import as_owner
from tests.dated import START

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(staff):
    with opened(staff) as office:
        speaker = Person.objects.create(name="Ane Administrator", mail="ane@example.dk")
        for place in range(2):
            RoleHolding.objects.create(
                institution_id=office.institutions[place], person=speaker, role="administrator",
                from_at=SINCE, recorded_at=SINCE, recorded_by=office.by,
            )  # fmt: skip
        office.speaker = speaker
        yield office


def requested(office, person=0, project=0):
    return actions.register_request(
        office.project(project), by=office.staff["secretary"],
        association=office.association(person), asked_by=office.speaker,
        asked_on=clock.today(),
    ).case  # fmt: skip


def granted(office, person=0, project=0):
    return actions.grant(requested(office, person, project), by=office.staff["officer"]).case


def is_open(office, person=0, project=0, at=None):
    at = at or clock.read()
    rows = access.register(at, project=office.projects[project], person=office.people[person])
    return any(one.at(at) for one in rows)


def refusals(call, **typed):
    with pytest.raises(Refused) as refused:
        call(**typed)
    return refused.value.refusals


def test_an_access_is_asked_for_and_granted(office):
    case = granted(office)
    assert case.state == "granted" and case.closed_at
    fact = Grant.objects.get()
    assert (fact.from_at, fact.to_at, fact.case_id) == (case.closed_at, None, case.pk)
    assert is_open(office)
    letter = Document.objects.get(case=case)
    assert letter.template == "access_granted" and letter.context["ident"] == "ABC"


def test_granting_names_every_missing_condition_and_writes_nothing(office):
    case = requested(office)
    office.end(office.office.facts[-1], office.at)  # nothing yet
    for fact in list(office.office.facts):
        if fact.kind in ("association", "pass") and fact.of["person"] == 0:
            office.retract(fact)
    told = refusals(actions.grant, case=case, by=office.staff["officer"])
    assert [sentence.split(" since")[0] for sentence in told] == [
        "The association does not run.", "The test is not passed, or not valid any more."
    ]  # fmt: skip
    assert not Grant.objects.exists()
    case.refresh_from_db()
    assert case.state == "requested" and case.revision == 1


def test_only_the_roles_named_and_nobody_their_own(office):
    case = requested(office)
    with pytest.raises(NotYours):
        actions.grant(case, by=office.staff["secretary"])
    officer = office.staff["officer"].person
    RoleHolding.objects.create(
        institution_id=office.institutions[0], person=officer, role="user", from_at=SINCE,
        recorded_at=SINCE, recorded_by=office.by,
    )  # fmt: skip
    assert "You belong to this institution yourself" in refusals(
        actions.grant, case=case, by=office.staff["officer"]
    )[0]  # fmt: skip


def test_who_is_associated_there_or_is_the_contact_decides_nothing_and_reads_all(office, client):
    officer, case = office.staff["officer"], requested(office, person=2)  # of institution 1
    office.add("association", SINCE, person=0, institution=0, agreement=3)
    Person.objects.filter(pk=office.people[0]).update(same_as=officer.person)
    own = "You belong to this institution yourself; a colleague must do this."
    assert refusals(actions.grant, case=case, by=officer) == [own]  # it owns the project
    client.force_login(officer)
    assert client.get(f"{processes.get(case.process).url}{case.number}/").status_code == 200
    for fact in list(office.office.facts):
        if fact.kind == "association" and fact.of["person"] == 0:
            office.retract(fact)
    Project.objects.filter(pk=case.project_id).update(contact=officer.person)
    assert own in refusals(actions.grant, case=GrantCase.objects.get(), by=officer)
    Project.objects.update(contact=None)
    case = actions.grant(GrantCase.objects.get(), by=officer).case
    office.add("association", clock.read(), person=0, institution=0, agreement=4)
    assert refusals(actions.end, case=case, by=officer, reason="My own place") == [own]


def test_asked_on_the_day_the_project_got_its_owner_or_before(office):
    RoleHolding.objects.create(
        institution_id=office.institutions[0], person=office.speaker, role="contact",
        from_at=SINCE - dt.timedelta(days=30), recorded_at=SINCE, recorded_by=office.by,
    )  # fmt: skip
    event = actions.register_request(
        office.project(0), by=office.staff["secretary"], association=office.association(0),
        asked_by=office.speaker, asked_on=clock.day_of(SINCE) - dt.timedelta(days=9),
    )  # fmt: skip
    assert event.to_state == "requested"


def test_who_asks_must_speak_for_the_project(office):
    stranger = Person.objects.create(name="Sture Stranger")
    RoleHolding.objects.create(
        institution_id=office.institutions[0], person=stranger, role="administrator", from_at=SINCE,
        to_at=SINCE + dt.timedelta(days=2), recorded_at=SINCE, recorded_by=office.by,
    )  # fmt: skip
    told = refusals(
        actions.register_request, project=office.project(0), by=office.staff["secretary"],
        association=office.association(0), asked_by=stranger, asked_on=clock.today(),
    )  # fmt: skip
    assert told == ["Sture Stranger held no role at the project's owner on 5 January 2026 and can"
                    " not ask."]  # fmt: skip


def test_a_request_was_not_made_after_today(office):
    told = refusals(
        actions.register_request, project=office.project(0), by=office.staff["secretary"],
        association=office.association(0), asked_by=office.speaker,
        asked_on=clock.today() + dt.timedelta(days=1),
    )  # fmt: skip
    assert told == ["The request can not have been made after today."]


def test_an_open_access_is_not_granted_twice_and_a_second_request_waits(office):
    case = requested(office)
    assert "is still open" in refusals(lambda: requested(office))[0]
    actions.grant(case, by=office.staff["officer"])
    assert "has had access to this project since" in refusals(lambda: requested(office))[0]


def test_an_access_ends_now_or_with_a_last_day(office):
    first, second = granted(office), granted(office, person=1)
    actions.end(first, by=office.staff["secretary"], reason="Left the project")
    assert not is_open(office)
    last = clock.today() + dt.timedelta(days=3)
    actions.end(second, by=office.staff["officer"], reason="The work is done", last_on=last)
    assert is_open(office, 1, at=clock.midnight(last) + dt.timedelta(hours=23))
    assert not is_open(office, 1, at=clock.after(last))
    for longer in (last, last + dt.timedelta(days=40)):
        told = refusals(actions.end, case=GrantCase.objects.get(pk=second.pk), last_on=longer,
                        by=office.staff["officer"], reason="The work goes on")  # fmt: skip
        assert told == ["The access ends after 8 January 2026 already; only an earlier end can be"
                        " set."]  # fmt: skip
    letters = Document.objects.filter(template="access_ended").order_by("pk")
    assert [letter.context["last_on"] for letter in letters] == ["", "8. januar 2026"]
    (found,) = access.register(clock.after(last))  # the first one ended as it began: there is none
    assert missing(found, clock.after(last)) == ["The access ended on 8 January 2026."]
    second = GrantCase.objects.get(pk=second.pk)
    actions.end(second, by=office.staff["secretary"], reason="At once after all")
    assert not is_open(office, 1)  # brought forward to now
    second = GrantCase.objects.get(pk=second.pk)
    told = refusals(actions.end, case=second, by=office.staff["secretary"], reason="Again")
    assert told == ["This grant has ended already."]


def test_on_its_own_last_day_an_access_can_be_ended_at_once(office):
    case, last = granted(office), clock.today() + dt.timedelta(days=2)
    by = office.staff["officer"]
    actions.end(case, by=by, reason="The work is done", last_on=last)
    with clock.moved(clock.midnight(last) + dt.timedelta(hours=9)):
        assert is_open(office)
        case = GrantCase.objects.get()
        assert "only an earlier end" in refusals(actions.end, case=case, by=by, reason="Again",
                                                 last_on=last)[0]  # fmt: skip
        actions.end(GrantCase.objects.get(), by=by, reason="Misuse")
        assert not is_open(office)


def test_a_spent_grant_is_renewed_by_a_new_one(office):
    granted(office)
    fact = next(f for f in office.office.facts if f.kind == "period" and f.of["project"] == 0)
    with clock.moved(START + dt.timedelta(days=1)):
        office.at = clock.read()
        office.end(fact, office.at)
    with clock.moved(START + dt.timedelta(days=2)):
        office.at = clock.read()
        office.add("period", office.at, project=0)
        assert not is_open(office)  # the gap spent it: nothing opens again by itself
        renew = {"project": office.project(0), "association": office.association(0)}
        event = actions.renew(by=office.staff["officer"], **renew)
        assert is_open(office)
        assert event.case.state == "granted" and GrantCase.objects.count() == 2
        assert Grant.objects.known().filter(to_at=None).count() == 1
        told = refusals(actions.renew, by=office.staff["officer"], **renew)
        assert "has had access" in told[0]
    never = {"project": office.project(1), "association": office.association(0)}
    assert "has never had access" in refusals(
        actions.renew, by=office.staff["officer"], **never
    )[0]  # fmt: skip


def test_what_would_break_is_told_before_an_end(office):
    case = granted(office)
    granted(office, person=2)
    keys = {f"institution:{office.institutions[0]}": 2, f"institution:{office.institutions[1]}": 1,
            f"project:{office.projects[0]}": 2, f"project:{office.projects[1]}": 0}  # fmt: skip
    for key, count in keys.items():
        rows = [row for row in dependants.of(key, clock.read()) if row.kind == "access"]
        assert len(rows) == count, key
    first = dependants.of(f"project:{office.projects[0]}", clock.read())[0]
    assert first.key == f"access:{case.pk}"
    assert "Person 0 (ABC)" in first.label and "700001" in first.label


def test_an_association_that_ends_takes_only_what_rests_on_it(office):
    granted(office)
    office.add("association", SINCE, person=0, institution=1, agreement=1)
    office.add("grant", START, project=1, person=0, institution=1, agreement=1)
    for place in range(2):
        key = f"association:{office.people[0]}:{office.institutions[place]}"
        with as_owner(), untriggered(["core_case"]):
            Case.objects.filter(pk=office.agreements[place]).update(
                process="association", state="active", subject_key=key
            )
        rows = [row.label for row in dependants.of(key, clock.read()) if row.kind == "access"]
        assert len(rows) == 1 and f"70000{place + 1}" in rows[0]


def test_the_page_of_an_access_tells_every_condition(office, client):
    case = granted(office)
    client.force_login(office.staff["auditor"])
    page = client.get(f"/access-cases/grant/{case.number}/").content.decode()
    assert "The access is open" in page and "The association runs since" in page
    fact = next(f for f in office.office.facts if f.kind == "pass" and f.of["person"] == 0)
    office.retract(fact)
    page = client.get(f"/access-cases/grant/{case.number}/").content.decode()
    assert "The access is closed" in page and "The test is not passed" in page


def test_a_request_is_registered_and_decided_on_the_pages(office, client):
    client.force_login(office.staff["secretary"])
    url = f"/projects/{office.projects[0]}/grant/register_request/"
    page = client.get(url)
    assert "Person 0 (ABC)" in page.content.decode()
    typed = {"association": office.association(0).pk, "asked_by": office.speaker.pk,
             "asked_on": "05-01-2026", "key": page.context["form"].initial["key"], "seen": 0}  # fmt: skip
    assert client.post(url, typed).status_code == 303
    case = GrantCase.objects.get()
    client.force_login(office.staff["officer"])
    url = f"/access-cases/grant/{case.number}/grant/"
    page = client.get(url)
    assert [row["channel"] for row in page.context["page"]["letters"]] == ["Dansk"]
    key = page.context["form"].initial["key"]
    assert client.post(url, {"key": key, "seen": 1}).status_code == 303
    assert is_open(office)
    assert client.post(url, {"key": key, "seen": 1}).status_code == 303  # done by you already
    assert Grant.objects.count() == 1
