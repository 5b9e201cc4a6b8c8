"""The hand-written table of process 1, called for real: every state, every verb, every account."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import translation

from fsesys.core import asking, roles
from fsesys.core.cases import ProcessEvent
from fsesys.core.people import Person, SystemActor, User
from fsesys.core.refusal import NotYours, Refused
from fsesys.core.roles import RoleMembership
from fsesys.desk.demo import story
from fsesys.desk.demo.staff import STAFF
from institutions.authorisation import signing
from institutions.authorisation.machine import MACHINE
from institutions.authorisation.models import AuthorisationCase
from tests.matrix import read
from tests.office import TODAY, Call, at, new, stated

TABLE = read("authorisation")
STATES = sorted(TABLE.states)
TWO = {"propose", "decline"}  # parts of a decision by two people: test_two_people.py
VERBS = sorted(TABLE.verbs - TWO - {"register_application", "undo"})  # undo: test_ways_back.py
BUTTONS = set(VERBS) | {"undo"}
NOT_POSSIBLE = "is not possible in that state"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


class Undo(Exception):
    """Ends a trial: everything it did is rolled back."""


@pytest.fixture
def trial():
    """trial(act): what the act returned, after everything it did was rolled back."""

    def run(act):
        found = []
        with pytest.raises(Undo), transaction.atomic():
            found.append(act())
            raise Undo
        return found[0]

    return run


def told(error) -> str:
    return " ".join(error.value.refusals)


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_what_the_table_allows_works_and_nothing_else_does(state, walk_to, trial):
    walk_to("received")  # an earlier record, of which this one can be the double
    walked = walk_to(state)
    assert walked.case().state == state
    day, before = walked.day, ProcessEvent.objects.count()
    for verb in VERBS:
        walked.day = day
        if (state, verb) in TABLE.cells:
            event = trial(lambda verb=verb: Call(walked, verb).event())
            targets = TABLE.cells[state, verb][0] or {state}
            assert (event.verb, event.from_state) == (verb, state) and event.to_state in targets
        else:
            with pytest.raises(Refused) as error:
                Call(walked, verb)()
            assert NOT_POSSIBLE in told(error), verb
    assert ProcessEvent.objects.count() == before and walked.case().state == state


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_every_account_sees_the_verbs_of_its_roles_in_this_state(state, walk_to):
    walked = walk_to(state)
    case = walked.case()
    with walked.now():
        for username, (_name, role) in STAFF.items():
            choices = asking.preview(case, walked.staff[username])
            assert {c.move.verb for c in choices} == {
                v for v in BUTTONS if role in (TABLE.roles(v, state) or TABLE.roles(v))
            }
            possible = {c.move.verb for c in choices if NOT_POSSIBLE not in " ".join(c.refusals)}
            wanted = {v for (s, v), (_to, who) in TABLE.cells.items() if s == state and role in who}
            assert possible == wanted - TWO, username


@pytest.mark.django_db
@pytest.mark.parametrize("verb", VERBS)
def test_every_account_without_the_role_is_refused(verb, walk_to):
    walk_to("received")
    walked = walk_to(min((s for s, v in TABLE.cells if v == verb), key=lambda s: s in TABLE.closed))
    call, before = Call(walked, verb), ProcessEvent.objects.count()
    for username, (_name, role) in STAFF.items():
        if role not in TABLE.roles(verb):
            with pytest.raises(NotYours):
                call(by=walked.staff[username])
    if not MACHINE.move(verb).job:
        with pytest.raises(NotYours):
            call(by=SystemActor())
    assert ProcessEvent.objects.count() == before


@pytest.mark.django_db
def test_an_application_is_registered_by_the_secretary_only(staff):
    with at(TODAY):
        for username, (_name, role) in STAFF.items():
            if role not in TABLE.roles("register_application"):
                with pytest.raises(NotYours), transaction.atomic():
                    signing.register_application(by=staff[username], **stated(1))
        assert not AuthorisationCase.objects.exists()
        event = signing.register_application(by=staff["secretary"], **stated(1))
    assert event.case.state == "received"


@pytest.mark.django_db
def test_not_permitted_comes_before_the_rules(staff):
    wrong = stated(1) | {"received_on": TODAY.replace(year=TODAY.year + 1)}
    with at(TODAY), pytest.raises(NotYours):
        signing.register_application(by=staff["auditor"], **wrong)


@pytest.mark.django_db
def test_what_was_typed_is_left_as_it_was(staff):
    typed = stated(1)
    with at(TODAY):
        signing.register_application(by=staff["secretary"], **typed)
    assert typed["institution"] == stated(1)["institution"]


@pytest.mark.django_db
def test_an_ended_account_does_nothing(staff, walk_to):
    call = Call(walk_to("received"), "start_evaluation")
    User.objects.filter(username__in=["responsible", "secretary"]).update(ended_at=call_time(call))
    with pytest.raises(NotYours):
        call(by=User.objects.get(username="responsible"))
    with at(TODAY), pytest.raises(NotYours):
        signing.register_application(by=User.objects.get(username="secretary"), **stated(3))


def call_time(call):
    return call.walk.case().opened_at


@pytest.mark.django_db
def test_a_role_counts_only_on_the_days_it_is_held(staff, walk_to):
    call = Call(walk_to("submitted"), "approve")
    later = User.objects.create(username="later", person=Person.objects.create(name="Later"))
    give(later, roles.CHIEF, TODAY.replace(year=TODAY.year + 3))
    with pytest.raises(NotYours):
        call(by=later)
    call()


def give(user, role, day):
    with at(day):
        since = story.clock.now()
    RoleMembership.objects.create(
        person=user.person, role=role, basis="test", from_at=since, recorded_at=since,
        recorded_by=user.person,
    )  # fmt: skip


@pytest.fixture
def everybody(staff):
    """One person who holds all roles."""
    user = User.objects.create(username="all", person=Person.objects.create(name="Vagn Alting"))
    for role in roles.LABELS:
        give(user, role, TODAY.replace(year=2024))
    return user


@pytest.mark.django_db
@pytest.mark.parametrize("advice, way", [("recommend", "recommended"),
                                         ("advise_against", "advised_against")])  # fmt: skip
def test_one_person_with_all_roles_does_not_decide_on_own_advice(advice, way, walk_to, everybody):
    walked = walk_to("under_evaluation")
    Call(walked, "assign")(responsible=everybody.person)
    Call(walked, advice)(by=everybody)
    if advice == "recommend":
        Call(walked, "draft_agreement")()
    Call(walked, "assign")()  # the colleague submits
    Call(walked, "submit")()
    for verb in ("approve", "return", "reject"):
        with pytest.raises(Refused) as error:
            Call(walked, verb)(by=everybody)
        assert "another person must do this" in told(error)
        blocked = choice(walked, everybody, verb)
        assert "another person must do this" in " ".join(blocked.refusals)


def choice(walked, user, verb):
    with walked.now():
        return next(c for c in asking.preview(walked.case(), user) if c.move.verb == verb)


@pytest.mark.django_db
def test_one_person_with_all_roles_does_not_decide_on_own_submission(walk_to, everybody):
    walked = walk_to("agreement_drafted")
    Call(walked, "assign")(responsible=everybody.person)
    Call(walked, "submit")(by=everybody)
    for verb in ("approve", "return", "reject"):
        with pytest.raises(Refused, match="another person must do this"):
            Call(walked, verb)(by=everybody)


@pytest.mark.django_db
def test_one_person_with_all_roles_does_not_sign_what_they_approved(walk_to, everybody):
    walked = walk_to("submitted")
    Call(walked, "approve")(by=everybody)
    for verb in ("register_our_signature", "register_counter_signature", "register_institution"):
        with pytest.raises(Refused, match="another person must do this"):
            Call(walked, verb)(by=everybody)
        Call(walked, verb)()
        if verb == "register_our_signature":
            Call(walked, "send")(by=everybody)
    assert walked.case().state == "authorised"


@pytest.mark.django_db
def test_nobody_decides_on_the_institution_they_belong_to(walk_to, staff):
    """The head of the environment, with an account and the role of chief statistician."""
    walked = walk_to("submitted")
    insider = User.objects.create(username="insider", person=walked.case().head)
    give(insider, roles.CHIEF, TODAY.replace(year=2024))
    with pytest.raises(Refused, match="You belong to this institution yourself"):
        Call(walked, "approve")(by=insider)


@pytest.mark.django_db
def test_only_the_responsible_of_the_case_evaluates(walk_to, staff):
    walked = walk_to("received")
    give(staff["officer"], roles.RESPONSIBLE, TODAY.replace(year=2024))
    call = Call(walked, "start_evaluation")
    with pytest.raises(Refused, match="Assign the case to yourself first"):
        call(by=staff["officer"])
    Call(walked, "assign")(responsible=staff["officer"].person)
    call(by=staff["officer"])


@pytest.mark.django_db
def test_the_job_reminds_but_lets_nothing_lapse(walk_to):
    walked = walk_to("awaiting_applicant")
    Call(walked, "remind")(by=SystemActor())
    with pytest.raises(NotYours):
        Call(walked, "lapse")(by=SystemActor())
    Call(walked, "lapse")()
    assert walked.case().state == "lapsed"


@pytest.mark.slow
@pytest.mark.django_db
def test_the_whole_way_with_real_signed_copies(staff):
    walked = new(staff, 1, "authorised", story.Walk)
    walked.go()
    assert walked.case().state == "authorised" and walked.case().institution.authorisation_number
