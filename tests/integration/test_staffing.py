"""Accounts, dated roles by two people, stand-ins, handing over (design.md section 2)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import translation

from fsesys.core import clock, pending, roles
from fsesys.core.pending import PendingDecision
from fsesys.core.people import Person, User
from fsesys.core.refusal import AlreadyDone, NeedsSecond, NotYours, Refused
from fsesys.core.roles import RoleMembership, StandIn
from fsesys.core.staffing import actions, selectors
from fsesys.desk.demo import applications
from institutions.records import RoleHolding
from tests import projects
from tests.office import TODAY, Call, at

REASON = {"reason": "Decided at the Monday meeting."}
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def record(staff):
    """record(user name): the staff record of that account, opened by the administrator."""
    User.objects.update(language="en")

    def find(username):
        person = staff[username].person
        case = selectors.StaffCase.objects.filter(person=person).first()
        if case is None:
            with at(TODAY):
                case = actions.open_account(by=staff["administrator"], account=staff[username]).case
        return selectors.load(case.number)

    return find


def data(**typed):
    found = QueryDict(mutable=True)
    for name, value in typed.items():
        found[name] = value
    return found


def propose(staff, case, verb="give_role", by="administrator", **typed):
    typed = {"role": "officer", "from_on": TODAY.isoformat()} | REASON | typed
    with at(TODAY):
        return pending.attempt(
            case, verb, by=staff[by], key=uuid.uuid4(), seen=None, data=data(**typed)
        )


def confirm(staff, by="head"):
    with at(TODAY):
        return pending.confirm(PendingDecision.objects.get(outcome=""), by=staff[by])


def held(staff, username, day=TODAY):
    with at(day):
        return roles.held(Person.objects.get(pk=staff[username].person_id), clock.now())


@pytest.mark.django_db
def test_a_role_is_proposed_by_one_and_given_by_another(staff, record):
    case = record("finance")
    propose(staff, case)
    assert "officer" not in held(staff, "finance")
    event = confirm(staff)
    assert (event.by, event.proposed_by) == (staff["head"].person, staff["administrator"].person)
    assert "officer" in held(staff, "finance")
    propose(staff, record("finance"), "end_role")
    confirm(staff)
    assert "officer" not in held(staff, "finance", TOMORROW)
    rows = RoleMembership.objects.filter(person=staff["finance"].person, role="officer")
    assert rows.count() == 1 and not rows.known().exists()  # begun and ended in one instant


@pytest.mark.django_db
def test_nobody_gives_a_role_alone_or_to_themselves(staff, record):
    case = record("finance")
    with at(TODAY):
        with pytest.raises(NeedsSecond):
            actions.give_role(case, by=staff["administrator"], role="officer", from_on=TODAY,
                              **REASON)  # fmt: skip
        with pytest.raises(NotYours):
            actions.give_role(case, by=staff["head"], role="officer", from_on=TODAY, **REASON)
    with pytest.raises(Refused, match="to themselves"):
        propose(staff, record("administrator"))
    propose(staff, case)
    for who, words in (("administrator", NotYours), ("chief", Refused), ("officer", NotYours)):
        with pytest.raises(words):
            confirm(staff, who)
    confirm(staff)


@pytest.mark.django_db
def test_the_heads_own_roles_are_confirmed_by_the_chief(staff, record):
    propose(staff, record("head"))
    with pytest.raises(Refused, match="Chief statistician"):
        confirm(staff)
    confirm(staff, "chief")
    propose(staff, record("officer"), role="head")
    with pytest.raises(Refused, match="Chief statistician"):
        confirm(staff)
    confirm(staff, "chief")


@pytest.mark.django_db
def test_a_declined_role_is_not_given_and_a_second_confirmation_is_told(staff, record):
    propose(staff, record("finance"))
    one = PendingDecision.objects.get()
    with at(TODAY):
        pending.decline(one, by=staff["head"], reason="Not now.")
        with pytest.raises(AlreadyDone):
            pending.confirm(one, by=staff["head"])
    assert "officer" not in held(staff, "finance")


@pytest.mark.django_db
def test_a_role_from_a_later_day_counts_from_that_day(staff, record):
    propose(staff, record("finance"), from_on=TOMORROW.isoformat(), to_on=TOMORROW.isoformat())
    confirm(staff)
    assert "officer" not in held(staff, "finance")
    assert "officer" in held(staff, "finance", TOMORROW)
    assert "officer" not in held(staff, "finance", TOMORROW + dt.timedelta(days=1))


@pytest.mark.django_db
def test_impossible_roles_are_refused_in_words(staff, record):
    for typed, words in (({"from_on": "2020-01-01"}, "before today"),
                         ({"role": "finance"}, "has this role already"),
                         ({"to_on": "2020-01-01"}, "before the first")):  # fmt: skip
        with pytest.raises(Refused, match=words):
            propose(staff, record("finance"), **typed)
    with pytest.raises(Refused, match="does not have this role"):
        propose(staff, record("finance"), "end_role")
    with pytest.raises(Refused, match="is the last who holds this role"):
        propose(staff, record("head"), "end_role", role="head")
    with pytest.raises(Refused, match="Give a reason"):
        actions_reason = {"reason": " "}
        with at(TODAY):
            actions.give_role(record("finance"), by=staff["administrator"], role="officer",
                              from_on=TODAY, **actions_reason)  # fmt: skip


def stand_in(staff, record, person="chief", by="head", who="officer", **typed):
    typed = {"from_on": TODAY, "to_on": TOMORROW} | REASON | typed
    with at(TODAY):
        return actions.name_stand_in(
            record(person), by=staff[by], stand_in=staff[who].person, **typed
        )


@pytest.mark.django_db
def test_nobody_decides_whose_stand_in_administers(staff, record):
    stand_in(staff, record, person="auditor", who="finance", to_on=None)
    propose(staff, record("finance"), role="administrator")
    confirm(staff)
    with pytest.raises(Refused, match="An administrator decides nothing, and one stands in for"):
        propose(staff, record("auditor"))
    propose(staff, record("auditor"), role="finance")


@pytest.mark.django_db
def test_a_stand_in_decides_through_the_page_until_the_last_day(staff, record, walk_to):
    walked = walk_to("submitted")
    day = walked.day = TODAY + dt.timedelta(days=7)
    with clock.moved(clock.midnight(day) + dt.timedelta(hours=1)):
        actions.name_stand_in(record("chief"), by=staff["head"], stand_in=staff["officer"].person,
                              from_on=day, to_on=day, **REASON)  # fmt: skip
    client, case = Client(), walked.case()
    client.force_login(staff["officer"])
    url = f"/authorisations/{case.number}/approve/"
    after = {"key": str(uuid.uuid4()), "seen": case.revision}
    with clock.moved(clock.midnight(day + dt.timedelta(days=1))):
        assert client.post(url, after).status_code == 403
    with walked.now():
        page = client.get("/").content.decode()
        assert case.number in page and "You act for Jørgen Elmquist" in page
        assert client.post(url, after).status_code == 303
        assert "on behalf of Jørgen Elmquist" in client.get(
            f"/authorisations/{case.number}/").content.decode()  # fmt: skip
    event = walked.case().story[-1]
    assert (event.by, event.on_behalf_of) == (staff["officer"].person, staff["chief"].person)


@pytest.mark.django_db
def test_who_may_be_named_and_by_whom(staff, record):
    with pytest.raises(Refused, match="Nobody stands in for themselves"):
        stand_in(staff, record, who="chief")
    with pytest.raises(Refused, match="can not name yourself"):
        stand_in(staff, record, who="head")
    with pytest.raises(Refused, match="The head of FSE names"):
        stand_in(staff, record, person="officer", by="chief", who="finance")
    with pytest.raises(NotYours):
        stand_in(staff, record, by="secretary")
    stand_in(staff, record, person="head", by="chief")
    with pytest.raises(Refused, match="in that time already"):
        stand_in(staff, record, person="head", by="chief", who="finance")
    with pytest.raises(DatabaseError), transaction.atomic():
        StandIn.objects.create(person=staff["chief"].person, stand_in=staff["chief"].person,
                               from_at=clock.midnight(TODAY), recorded_at=clock.midnight(TODAY),
                               recorded_by=staff["head"].person)  # fmt: skip


@pytest.mark.django_db
def test_an_ended_stand_in_is_refused_at_once(staff, record):
    stand_in(staff, record)
    assert roles.CHIEF in held(staff, "officer")
    with clock.moved(clock.midnight(TODAY) + dt.timedelta(hours=15)):
        actions.end_stand_in(record("chief"), by=staff["head"])
        fresh = Person.objects.get(pk=staff["officer"].person_id)
        assert roles.CHIEF not in roles.held(fresh, clock.now())
        with pytest.raises(Refused, match="Nobody stands in"):
            actions.end_stand_in(record("chief"), by=staff["head"])


@pytest.mark.django_db
def test_own_interest_holds_through_a_stand_in_both_ways(staff, record, walk_to):
    for insider in ("officer", "chief"):
        walked = walk_to("submitted")
        walked.day, since = TODAY, clock.midnight(TODAY.replace(year=2024))
        RoleHolding.objects.create(institution=walked.case().institution, role="contact",
                                   person=staff[insider].person, from_at=since, recorded_at=since,
                                   recorded_by=staff["head"].person)  # fmt: skip
        if insider == "officer":
            stand_in(staff, record, to_on=TODAY.replace(year=2030))
        with pytest.raises(Refused, match="belong to this institution"):
            Call(walked, "approve")(by=staff["officer"])
        client = Client()
        client.force_login(staff["officer"])
        with walked.now():  # readable, not decidable
            assert client.get(f"/authorisations/{walked.case().number}/").status_code == 200


@pytest.mark.django_db
def test_cases_go_to_somebody_who_may_have_them(staff, record, case_in, client):
    """An officer's proposals go to an officer, and not to somebody who could only look at them."""
    case_in("received")
    institution = case_in("authorised").institution
    projects.proposed(institution, staff)
    client.force_login(staff["head"])
    for username, role in (("responsible", "responsible"), ("officer", "officer")):
        page = f"/staff/{record(username).number}/hand_over/"
        form = client.get(page).context["form"]
        ((value, words),) = form.fields["cases"].choices
        assert value.startswith(f"{role}:") and roles.label(role) in words
        offered = set(form.fields["to"].queryset)
        assert offered == set(roles.holders(role)) - {staff[username].person}
        late = client.post(page, {"key": uuid.uuid4(), "seen": 1, "cases": f"{role}:99", "to": 1,
                                  "reason": "Leave."})  # fmt: skip
        assert late.status_code == 422 and b"The list of cases changed" in late.content


@pytest.mark.django_db
def test_cases_are_handed_over_before_an_account_ends(staff, record, case_in):
    one, two = case_in("received"), case_in("under_evaluation")
    administrator, responsible = staff["administrator"], staff["responsible"].person
    with at(TODAY), pytest.raises(Refused, match="2 open cases: hand them over first"):
        actions.end_account(record("responsible"), by=administrator, **REASON)
    propose(staff, record("officer"), role="responsible")
    confirm(staff)
    other = staff["officer"].person
    later = clock.moved(clock.midnight(TODAY.replace(year=2027)))
    with later:
        with pytest.raises(Refused, match="list of cases changed"):
            actions.hand_over(record("responsible"), by=staff["head"], to=other, expected=1,
                              role="responsible", **REASON)  # fmt: skip
        actions.hand_over(record("responsible"), by=staff["head"], to=other, expected=2,
                          role="responsible", **REASON)  # fmt: skip
        for case in (one, two):
            case = type(case).objects.get(pk=case.pk)
            assert case.responsible == other and case.story[-1].verb == "assign"
        actions.end_account(record("responsible"), by=administrator, **REASON)
    assert User.objects.get(person=responsible).ended_at
    assert not RoleMembership.objects.at(clock.midnight(TODAY.replace(year=2028))).filter(
        person=responsible).exists()  # fmt: skip


@pytest.mark.django_db
def test_the_last_administrator_and_the_last_head_stay(staff, record):
    for username in ("administrator", "head"):
        with at(TODAY), pytest.raises(Refused, match="is the last who holds this role"):
            actions.end_account(record(username), by=staff["administrator"], **REASON)


@pytest.mark.django_db
def test_an_account_is_opened_with_a_form_and_opens_nothing(staff, record):
    User.objects.update(language="en")
    client = Client()
    client.force_login(staff["administrator"])
    typed = {"key": str(uuid.uuid4()), "seen": 0, "name": "Pia Ny", "mail": "pia@dst.dk",
             "username": "pia", "language": "en", "password": "a-long-first-password"}  # fmt: skip
    assert client.post(reverse("open-account"), typed | {"password": "abc"}).status_code == 422
    assert client.post(reverse("open-account"), typed).status_code == 303
    again = client.post(reverse("open-account"), typed | {"key": str(uuid.uuid4())})
    assert again.status_code == 409 and "There is an account" in again.content.decode()
    user = User.objects.get(username="pia")
    assert user.check_password("a-long-first-password") and not user.is_superuser
    assert Person.objects.filter(name="Pia Ny").count() == 1
    other = Client()
    other.force_login(user)
    assert other.get("/authorisations/").status_code == 403


@pytest.mark.django_db
def test_pages_by_role(staff, record):
    case = record("officer")
    for username in staff:
        client = Client()
        client.force_login(staff[username])
        reads = username in ("administrator", "auditor", "chief", "head", "responsible")
        for path in ("/staff/", f"/staff/{case.number}/"):
            assert client.get(path).status_code == (200 if reads else 403), (username, path)
        for verb, who in (("give_role", {"administrator"}), ("name_stand_in", {"head", "chief"}),
                          ("end_account", {"administrator"})):  # fmt: skip
            status = client.get(f"/staff/{case.number}/{verb}/").status_code
            assert status == (200 if username in who else 403), (username, verb)
    client.force_login(staff["administrator"])
    assert client.get("/authorisations/").status_code == 403
    assert "second person" in client.get("/roles/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_give_one_role(staff, record, together):
    for n, role in enumerate(("officer", "checker", "auditor")):
        propose(staff, record("finance"), role=role)
        one = PendingDecision.objects.get(outcome="")
        with at(TODAY):
            results = together(
                [lambda one=one: pending.confirm(one, by=staff["head"])] * (20 if n else 5)
            )
        assert sum(not isinstance(r, Exception) for r in results) == 1
        assert all(isinstance(r, AlreadyDone) for r in results if isinstance(r, Exception))
        rows = RoleMembership.objects.known().filter(person=staff["finance"].person, role=role)
        assert rows.count() == 1


@pytest.mark.django_db
def test_the_record_of_a_colleague_has_what_every_case_has(staff, record, client):
    """A paper filed and read by few, a name corrected by two, a case file for who asks."""
    case = record("finance")
    client.force_login(staff["administrator"])
    url = f"/staff/{case.number}/"
    name, kind, content = applications.pdf("contract", "contract.pdf")
    typed = {"key": str(uuid.uuid4()), "seen": case.revision, "title": "Contract", "kind": "other",
             "upload": SimpleUploadedFile(name, content, kind), "direction": "in",
             "channel": "mail"}  # fmt: skip
    assert client.post(f"{url}file_document/", typed).status_code == 303
    paper = f"/documents/{case.documents.get().number}/"
    for username, answer in (("administrator", 200), ("head", 200), ("officer", 403)):
        client.force_login(staff[username])
        assert client.get(paper).status_code == answer, username
    propose(staff, case, "correct", what="person_name", value="Finn Rettet")
    with pytest.raises(NotYours):
        confirm(staff, "administrator")
    confirm(staff)
    case = record("finance")
    assert case.person.name == case.subject_label == "Finn Rettet"
    client.force_login(staff["head"])
    typed = {"key": str(uuid.uuid4()), "seen": case.story[-1].revision, "notes": "with",
             "language": "en", "reason": "He asks for it."}  # fmt: skip
    assert client.post(f"{url}case_file/", typed).status_code == 303
    assert case.documents.filter(template="case_file").exists()
    assert "Finn Rettet" in client.get(url).content.decode()
