"""Accesses in one second: granted once, and never on what ended in the same moment."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from fsesys.core import clock, dependants
from fsesys.core.cases import ProcessEvent
from fsesys.core.people import Person
from fsesys.core.refusal import Refused
from institutions.hold import actions as holds
from institutions.records import InstitutionHold, RoleHolding
from institutions.termination import actions as ends
from projects import access, flagging
from projects.explaining import explain
from projects.grant import actions
from projects.grant.models import GrantCase
from projects.records import Grant, Project, Register, RegisterFlag
from tests.accesses import SINCE, Office
from tests.crowd import judge, rounds
from tests.dated import START

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, THREADS = 5, 8


@pytest.fixture
def office(staff):
    with clock.moved(START):
        office = Office()
        office.staff = staff
        office.speaker = Person.objects.create(name="Ane Administrator", mail="ane@example.dk")
        for place, role in ((0, "administrator"), (1, "administrator"), (0, "responsible")):
            RoleHolding.objects.create(
                institution_id=office.institutions[place], person=office.speaker, role=role,
                from_at=SINCE, recorded_at=SINCE, recorded_by=office.by,
            )  # fmt: skip
        yield office


def requested(office, person):
    return actions.register_request(
        office.project(0), by=office.staff["secretary"], association=office.association(person),
        asked_by=office.speaker, asked_on=clock.today(),
    ).case  # fmt: skip


def fresh(case):
    return GrantCase.objects.select_related("responsible", *GrantCase.related).get(pk=case.pk)


def sound():
    """Every grant had a whole rule at its instant, as we know now.

    The clock stands still here: a hold of the same instant came after the grant, and stops it.
    """
    held = set(InstitutionHold.objects.values_list("from_at", flat=True))
    for fact in Grant.objects.known():
        (one,) = access.register(fact.from_at, clock.read(), case=fact.case_id)
        missing = {reason.code for reason in explain(one, fact.from_at) if not reason.holds}
        assert missing <= ({"institution_free", "owner_free"} if fact.from_at in held else set())


@pytest.mark.parametrize("rounds", rounds(3))
def test_an_access_is_granted_once(office, together, rounds):
    for n in range(rounds):
        case = requested(office, n % 3)
        results = together([partial(actions.grant, fresh(case), by=office.staff["officer"])
                            for _thread in range(THREADS)])  # fmt: skip
        judge(results)
        assert Grant.objects.known().filter(case=case).count() == 1
        actions.end(fresh(case), by=office.staff["officer"], reason="Next round.")


def test_granted_or_refused_never_both(office, together):
    for person in range(3):
        case = requested(office, person)
        officer = office.staff["officer"]
        acts = [partial(actions.grant, fresh(case), by=officer),
                partial(actions.refuse, fresh(case), by=officer, reason="Not needed.")] * 3  # fmt: skip
        event = judge(together(acts))
        assert Grant.objects.filter(case=case).exists() is (event.verb == "grant")


def test_a_spent_grant_is_renewed_once(office, together):
    actions.grant(requested(office, 0), by=office.staff["officer"])
    fact = next(f for f in office.office.facts if f.kind == "period" and f.of["project"] == 0)
    with clock.moved(START + dt.timedelta(days=1)):
        office.at = clock.read()
        office.end(fact, office.at)
        office.add("period", office.at + dt.timedelta(hours=1), project=0)
    with clock.moved(START + dt.timedelta(days=2)):
        project, association = Project.objects.get(number=700001), office.association(0)
        results = together([partial(actions.renew, project, by=office.staff["officer"],
                                    association=association) for _n in range(THREADS)])  # fmt: skip
        won = [one for one in results if isinstance(one, ProcessEvent)]
        assert len(won) == 1
        assert all(isinstance(one, Refused | ProcessEvent) for one in results), results
        assert Grant.objects.known().filter(to_at=None).count() == 1
        sound()


def test_a_grant_and_the_end_of_its_institution_come_one_after_the_other(office, together):
    """The chief ends the authorisation while an officer grants: never a grant on what has ended."""
    case, institution = requested(office, 0), office.institution(0)
    listed = [row.key for row in dependants.of(institution.subject_key, clock.read())]
    chief, officer = office.staff["chief"], office.staff["officer"]
    results = together([
        partial(ends.terminate, institution, by=chief, reason="Of need.", listed=listed,
                confirmed=True),
        partial(actions.grant, fresh(case), by=officer),
    ])  # fmt: skip
    assert all(isinstance(one, ProcessEvent | Refused) for one in results), results
    assert any(isinstance(one, ProcessEvent) for one in results), results
    sound()
    if isinstance(results[0], ProcessEvent):
        assert not [one for one in access.register(clock.read()) if one.at(clock.read())]


def test_a_grant_and_a_flag_come_one_after_the_other(office, together):
    """Who flags a register sees every access that closes by it; who grants sees the flag."""
    head, officer = office.staff["head"], office.staff["officer"]
    office.add("basis", SINCE, project=0, register=0)
    register = Register.objects.get(pk=office.registers[0])
    for n in range(ROUNDS):
        case = requested(office, n % 2)
        flagged, given = together([
            partial(flagging.put_flag, register, by=head, restricted_enterprise=True,
                    min_cell=None, from_on=clock.today()),
            partial(actions.grant, fresh(case), by=officer),
        ])  # fmt: skip
        assert sorted(type(one).__name__ for one in (flagged, given)) in (
            ["Refused", "RegisterFlag"], ["ProcessEvent", "Refused"]), (flagged, given)  # fmt: skip
        sound()
        RegisterFlag.objects.known().update(retracted_at=clock.read())
        again = fresh(case)
        close = actions.end if again.state == "granted" else actions.withdraw
        close(again, by=officer, reason="Next round.")


def test_a_grant_and_a_hold_come_one_after_the_other(office, together):
    head, officer = office.staff["head"], office.staff["officer"]
    for n in range(ROUNDS):
        with clock.moved(START + dt.timedelta(days=n)):
            case = requested(office, 1)
            held, given = together([
                partial(holds.place_hold, office.institution(0), by=head, reason="Of need.",
                        cause="Breach", condition="Approved"),
                partial(actions.grant, fresh(case), by=officer),
            ])  # fmt: skip
            assert isinstance(held, ProcessEvent), held
            assert isinstance(given, ProcessEvent | Refused), given
            sound()
            assert not [one for one in access.register(clock.read()) if one.at(clock.read())]
            holds.lift_hold(held.case, by=head, reason="Of need.")
            again = fresh(case)
            close = actions.end if again.state == "granted" else actions.withdraw
            close(again, by=officer, reason="Next round.")
    assert InstitutionHold.objects.exists()
