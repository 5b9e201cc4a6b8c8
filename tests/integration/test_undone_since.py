"""An undo takes away what its step wrote and nothing else: refused where somebody acted since."""

from __future__ import annotations

import datetime as dt

import pytest

from fsesys.core import asking, clock, dependants, undoing
from fsesys.core.refusal import Refused
from institutions.authorisation.models import AuthorisationCase
from institutions.change_roles.models import RoleCase
from institutions.records import AuthorisationPeriod, RoleHolding
from institutions.responsible import actions as responsible
from institutions.termination import actions as termination
from tests.integration.test_change_roles import add, end
from tests.integration.test_responsible import ASKED, place  # noqa: F401
from tests.integration.test_termination import wish
from tests.office import Call

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english", "waiting")]
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def registered(walk_to):
    """An institution registered a minute ago: its walk and the event."""
    walked = walk_to("signed_by_both")
    walked.event = Call(walked, "register_institution")()
    walked.institution = walked.event.case.institution
    return walked


def undone(case, by):
    return undoing.undo(type(case).objects.get(pk=case.pk), by=by)


def test_not_while_another_case_has_ended_what_was_begun(registered, staff):
    place, at = registered.institution, registered.event.at  # noqa: F811
    with clock.moved(at + MINUTE):
        keys = [row.key for row in dependants.of(place.subject_key, clock.now())]
        ended = termination.terminate_on_wish(
            place, by=staff["head"], listed=keys, confirmed=True,
            ends_on=clock.today() + dt.timedelta(days=10), **wish(place, clock.today()),
        )  # fmt: skip
    with clock.moved(at + 2 * MINUTE):
        case = AuthorisationCase.objects.get(pk=registered.event.case_id)
        with pytest.raises(Refused, match=f"{ended.case.number} has ended or replaced since"):
            undone(case, staff["secretary"])
        shown = {choice.move.verb: choice for choice in asking.preview(case, staff["secretary"])}
        assert not shown["undo"].allowed
        assert AuthorisationPeriod.objects.known().count() == 1


def test_not_while_a_later_case_rests_on_the_authorisation(registered, staff):
    place, at = registered.institution, registered.event.at  # noqa: F811
    with clock.moved(at + MINUTE):
        case = responsible.register_change(
            place, by=staff["secretary"], asked_on=clock.today(), **ASKED
        ).case
    with clock.moved(at + 2 * MINUTE):
        with pytest.raises(Refused, match=f"{case.number} was opened since and rests on this"):
            undone(registered.case(), staff["secretary"])
        responsible.withdraw(case, by=staff["secretary"], reason="Too early.")
        undone(registered.case(), staff["secretary"])
        assert not AuthorisationPeriod.objects.known().exists()


def test_a_role_that_was_ended_since_is_not_half_undone(place, staff):  # noqa: F811
    event = add(place, from_on=place.day - dt.timedelta(days=3))
    held = RoleHolding.objects.known().get(event=event)
    later = end(place, held.pk)
    with clock.moved(event.at + MINUTE):
        with pytest.raises(Refused, match=f"{later.case.number} has ended or replaced"):
            undone(RoleCase.objects.get(pk=event.case_id), staff["secretary"])
        undone(RoleCase.objects.get(pk=later.case_id), staff["secretary"])
        assert RoleHolding.objects.known().get(person=held.person_id).to_at is None


def test_too_late_names_what_can_be_done_instead(place, staff):  # noqa: F811
    event = add(place)
    with clock.moved(event.at + 11 * MINUTE), pytest.raises(Refused, match="Correct what is wrong"):
        undone(RoleCase.objects.get(pk=event.case_id), staff["secretary"])
