"""Proposals decided in one second with others: one order or the other, never a mixture."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from fsesys.core import clock, dependants, parameters, undoing
from fsesys.core.cases import ProcessEvent
from fsesys.core.people import Person, User
from fsesys.core.refusal import Refused
from fsesys.core.roles import RoleMembership
from institutions.records import AuthorisationPeriod, Institution
from institutions.termination import actions as ends
from projects.proposal import actions
from projects.proposal.models import ProposalCase
from projects.records import Project, ProjectPeriod
from tests import projects
from tests.crowd import judge, rounds
from tests.office import at

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, THREADS, DAY = 6, 6, dt.timedelta(days=1)
WHY = {"reason": "Of need."}


@pytest.fixture(autouse=True)
def letters_wait(monkeypatch):
    words = parameters.DEFAULTS["letter_wait_minutes"][1]
    monkeypatch.setitem(parameters.DEFAULTS, "letter_wait_minutes", (10, words))


@pytest.fixture
def owner(walk_to):
    walked = walk_to("authorised")
    pk = walked.case().institution_id
    return Institution.objects.select_related("parent").get(pk=pk), walked.day + DAY


def fresh(case):
    return ProposalCase.objects.select_related("responsible").get(pk=case.pk)


def in_assessment(institution, staff):
    case = projects.proposed(institution, staff).case
    return actions.take_case(case, by=staff["officer"]).case


@pytest.mark.parametrize("rounds", rounds(ROUNDS))
def test_approved_or_terminated_one_before_the_other(owner, staff, together, rounds):
    institution, day = owner
    for n in range(rounds):
        with at(day + n * DAY):
            case = in_assessment(institution, staff)
            keys = [row.key for row in dependants.of(institution.subject_key, clock.now())]
            end = partial(ends.terminate, institution, by=staff["chief"], listed=keys,
                          confirmed=True, **WHY)  # fmt: skip
            approve = partial(projects.approved, fresh(case), staff)
            acts = [end, approve] if n % 2 else [approve, end]
            results = together(acts)
            done = {r.verb: r for r in results if isinstance(r, ProcessEvent)}
            lost = [r for r in results if not isinstance(r, ProcessEvent)]
            assert "terminate" in done and all(isinstance(r, Refused) for r in lost), results
            case = fresh(case)
            if "approve" in done:  # first approved: the end then put a task on the approved case
                noted = case.events.get(verb="note")
                assert case.state == "approved" and noted.revision > done["approve"].revision
            else:
                assert case.state == "in_assessment" and len(lost) == 1
            assert not AuthorisationPeriod.objects.at(clock.now()).exists()
            undoing.undo(done["terminate"].case, by=staff["chief"])
            actions.withdraw(fresh(case), by=staff["head"], **WHY)


def test_a_planned_institution_is_not_ended_while_its_people_are_approved(
    owner, walk_to, staff, together
):
    """Approved first, or refused because the institution is authorised no more; never both ways."""
    institution, day = owner
    other = walk_to("authorised")
    member = Institution.objects.select_related("parent").get(pk=other.case().institution_id)
    with at(max(day, other.day + DAY)):
        case = projects.proposed(institution, staff, members=[member]).case
        case = actions.take_case(case, by=staff["officer"]).case
        keys = [row.key for row in dependants.of(member.subject_key, clock.now())]
        ended, approved = together([
            partial(ends.terminate, member, by=staff["chief"], listed=keys, confirmed=True, **WHY),
            partial(projects.approved, fresh(case), staff),
        ])  # fmt: skip
        assert isinstance(ended, ProcessEvent), ended
        if isinstance(approved, ProcessEvent):
            assert approved.at <= ended.at
        else:
            assert isinstance(approved, Refused), approved
            (sentence,) = approved.refusals
            assert member.name_da in sentence


def second_officer(staff):
    person = Person.objects.create(name="Second Officer", mail="second@demo.invalid")
    user = User.objects.create(username="officer-b", person=person)
    since = clock.midnight(dt.date(2024, 1, 1))
    RoleMembership.objects.create(
        person=person, role="officer", basis="test", from_at=since, recorded_at=since,
        recorded_by=staff["head"].person,
    )  # fmt: skip
    return user


def test_two_officers_approve_once(owner, staff, together):
    institution, day = owner
    staff = staff | {"officer-b": second_officer(staff)}
    for n in range(ROUNDS):
        with at(day + n * DAY):
            case = in_assessment(institution, staff)
            acts = [partial(projects.approved, fresh(case), staff, by=("officer", "officer-b")[t % 2])
                    for t in range(THREADS)]  # fmt: skip
            winner = judge(together(acts))
            case = fresh(case)
            assert winner.verb == "approve" and case.state == "approved"
            assert case.documents.filter(template="project_agreement").count() == 1


def test_numbers_and_signatures_are_given_once(owner, staff, together, quick_copies):
    institution, day = owner
    with at(day):
        acts = [partial(projects.proposed, institution, staff) for _t in range(THREADS)]
        events = together(acts)
        assert all(isinstance(one, ProcessEvent) for one in events), events
        numbers = Project.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(700001, 700001 + THREADS))
        case = projects.approved(events[0].case, staff).case
        acts = [partial(projects.signed, fresh(case), staff) for _t in range(THREADS)]
        judge(together(acts))
        assert ProjectPeriod.objects.count() == 1
