"""Two people at one association in one second: one activation, one owner of an ident, one order."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from fsesys.core import clock
from fsesys.core.cases import ProcessEvent
from fsesys.core.people import Person
from fsesys.core.refusal import Refused
from institutions.records import RoleHolding
from projects import access
from projects.grant import actions as grants
from projects.records import Grant, Project, ProjectOwner, ProjectPeriod
from researchers.association import actions, selectors
from researchers.association.models import AssociationCase
from researchers.records import Association, CertificationPass, Researcher
from tests import people
from tests.crowd import judge, rounds
from tests.office import at

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, THREADS, HOUR = 8, 4, dt.timedelta(hours=1)


@pytest.fixture
def home(walk_to):
    walked = walk_to("authorised")
    with at(walked.day + dt.timedelta(days=1)):
        yield walked.case().institution


def fresh(case):
    return AssociationCase.objects.get(pk=case.pk)


def test_activated_once(home, staff, together):
    for n in range(ROUNDS):
        case = people.approved(home, staff, f"Rikke Rask {people.word(n)}")
        typed = people.identified(case, staff, seen=case.revision)
        acts = [partial(actions.activate, fresh(case), by=staff["secretary"], **typed)
                for _t in range(THREADS)]  # fmt: skip
        judge(together(acts))
        assert Association.objects.filter(agreement=case).count() == 1


def test_an_ident_has_one_owner(home, staff, together):
    for n in range(ROUNDS):
        cases = [people.approved(home, staff, f"{name} Rask {people.word(n)}")
                 for name in ("Ras", "Ros", "Rus")]  # fmt: skip
        ident = f"RS{chr(65 + n)}"
        acts = [partial(actions.activate, fresh(case), by=staff["secretary"],
                        **people.identified(case, staff, ident=ident)) for case in cases]  # fmt: skip
        results = together(acts)
        won = [r for r in results if isinstance(r, ProcessEvent)]
        lost = [r for r in results if isinstance(r, Refused)]
        assert (len(won), len(lost)) == (1, 2), results
        assert all(ident in r.refusals[0] for r in lost)
        assert Researcher.objects.get(ident=ident).person_id == won[0].case.person_id
        free = [partial(actions.activate, fresh(case), by=staff["secretary"],
                        **people.identified(case, staff))
                for case in cases if case.pk != won[0].case_id]  # fmt: skip
        assert all(isinstance(r, ProcessEvent) for r in together(free))  # each its own proposal


def guest_of(answerable, person, institution, staff):
    mail = f"{person.pk}@{institution.mail_domains[0]}"
    return people.active(institution, staff, person.name, "guest", person=person, mail=mail,
                         answerable=answerable)  # fmt: skip


@pytest.mark.parametrize("rounds", rounds(3))
def test_two_who_answer_for_each_other_leave_in_one_second(walk_to, staff, together, rounds):
    """Each is a guest of the other elsewhere: both ends tell both people, and none waits for ever."""
    walked = [walk_to("authorised") for _n in range(2)]
    homes = [one.case().institution for one in walked]
    with at(max(one.day for one in walked) + dt.timedelta(days=1)):
        for n in range(rounds):
            cases = [people.active(home, staff, f"{name} Rask {people.word(n)}")
                     for home, name in zip(homes, ("Anna", "Bent"), strict=True)]  # fmt: skip
            (ann, ben) = (case.person for case in cases)
            guest_of(ben, ann, homes[1], staff)
            guest_of(ann, ben, homes[0], staff)
            acts = [partial(people.ended, fresh(case), staff) for case in cases]
            results = together(acts)
            assert all(isinstance(one, ProcessEvent) for one in results), results
            assert all(len(one.facts["dependants"]) == 1 for one in results)


@pytest.fixture
def project(home, staff):
    """A project that runs, owned by the institution."""
    by = staff["officer"].person
    now = clock.now()
    dated = {"from_at": now - HOUR, "recorded_at": now - HOUR, "recorded_by": by}
    project = Project.objects.create(number=700100, title="Løn", scheme="researcher", officer=by)
    case = people.requested(home, staff, "Owner Case")
    ProjectOwner.objects.create(project=project, institution=home, case=case, **dated)
    ProjectPeriod.objects.create(project=project, version=1, case=case, **dated)
    return project


@pytest.mark.parametrize("rounds", rounds(ROUNDS))
def test_ended_or_granted_first_never_a_mixture(home, staff, project, together, rounds):
    speaker = RoleHolding.objects.at(clock.now()).filter(institution=home)[0].person
    for n in range(rounds):
        case = people.active(home, staff, f"Rikke Rask {people.word(n)}")
        person = Person.objects.get(pk=case.person_id)
        CertificationPass.objects.create(
            person=person, passed_on=clock.today(), case=case, from_at=clock.now(),
            recorded_at=clock.now(), recorded_by=staff["officer"].person,
        )  # fmt: skip
        fact = Association.objects.known().get(agreement=case)
        asked = grants.register_request(
            project, by=staff["secretary"], association=fact, asked_by=speaker,
            asked_on=clock.today(),
        ).case  # fmt: skip
        with clock.moved(clock.now() + HOUR):
            keys = [row.key for row in selectors.hanging(fresh(case), clock.now())]
            end = partial(people.ended, case, staff, listed=keys)
            grant = partial(grants.grant, asked, by=staff["officer"])
            acts = [end, grant] if n % 2 else [grant, end]
            results = dict(zip([act.func for act in acts], together(acts), strict=True))
            ended, granted = results[people.ended], results[grants.grant]
            if isinstance(granted, ProcessEvent):  # the list was old: what it grants was not on it
                assert isinstance(ended, Refused) and len(ended.refusals) == 1, ended
                rows = list(access.register(clock.now(), person=person.pk))
                assert [row.at(clock.now()) is not None for row in rows] == [True]
            else:
                assert isinstance(granted, Refused) and isinstance(ended, ProcessEvent), results
                assert not Grant.objects.filter(person=person).exists()
