"""The people of an institution, and its extensions, in one second: real threads on real tables.

Whatever comes first, at most one person is responsible, nobody is their own substitute, and nothing
is approved in a gap.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from fsesys.core import clock, processes
from fsesys.core.cases import ProcessEvent
from fsesys.core.refusal import Refused
from fsesys.desk.demo import applications
from institutions import selectors
from institutions.change_roles import actions as roles
from institutions.extension.models import ExtensionCase
from institutions.limiting.actions import end_right
from institutions.records import EnterpriseRight, Institution, RoleHolding
from institutions.responsible import actions as responsible
from institutions.responsible.models import ResponsibleCase
from tests.crowd import judge
from tests.integration.test_extension import Way
from tests.office import at

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, THREADS, DAY = 8, 6, dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def rounds(walk_to, staff):
    """Each round's number and day, with the same authorised institution."""
    walked = walk_to("authorised")
    pk = walked.case().institution_id
    return lambda: (
        (n, Institution.objects.select_related("parent").get(pk=pk), walked.day + n * DAY)
        for n in range(1, ROUNDS + 1)
    )


def asked(day):
    return {"asked_as": "management", "asked_by": "The dean", "asked_on": day, "channel": "phone"}


def person(n):
    return {"name": f"Person {n}", "mail": f"p{n}@ku.dk"}


def change(institution, staff, day, n, **typed):
    return responsible.register_change(
        institution, by=staff["secretary"], **person(n), **asked(day), **typed
    )


def signing(case, staff, day):
    return partial(
        responsible.register_signature, ResponsibleCase.objects.get(pk=case.pk),
        by=staff["secretary"], road="scan", signed_on=day, signer=case.person_id,
        upload=applications.pdf(f"signed {case.pk}", "signed.pdf"),
    )  # fmt: skip


def only_sentences(results):
    """The events among the results; everything else is a refusal in words."""
    events = [r for r in results if isinstance(r, ProcessEvent)]
    others = [r for r in results if not isinstance(r, ProcessEvent)]
    assert all(isinstance(r, Refused) and r.refusals for r in others), others
    return events


def holding(institution, role, instant):
    rows = RoleHolding.objects.at(instant).filter(institution=institution, role=role)
    return list(rows.values_list("person__name", flat=True))


def test_signed_or_withdrawn_never_both(rounds, staff, together):
    for n, institution, day in rounds():
        with at(day):
            case = change(institution, staff, day, n).case
        with clock.moved(applications.noon(day) + HOUR):
            no = partial(responsible.withdraw, ResponsibleCase.objects.get(pk=case.pk),
                         by=staff["head"], reason="Given up.")  # fmt: skip
            acts = [signing(case, staff, day)] * (THREADS // 2) + [no] * (THREADS // 2)
            winner = judge(together(acts if n % 2 else acts[::-1]))
            now = holding(institution, "responsible", winner.at)
            assert len(now) == 1
            assert (now == [f"Person {n}"]) == (winner.verb == "register_signature")


def test_of_two_wishes_one_is_registered(rounds, staff, together):
    for n, institution, day in rounds():
        with at(day):
            acts = [partial(change, institution, staff, day, 100 * n + t) for t in range(THREADS)]
            events = only_sentences(together(acts))
            assert len(events) == 1
            assert ResponsibleCase.objects.filter(closed_at=None).get().pk == events[0].case_id
            responsible.withdraw(ResponsibleCase.objects.get(closed_at=None),
                                 by=staff["secretary"], reason="Next round.")  # fmt: skip


def test_nobody_becomes_their_own_substitute(rounds, staff, together):
    for n, institution, day in rounds():
        with at(day):
            case = change(institution, staff, day, n).case
        with clock.moved(applications.noon(day) + HOUR):
            add = partial(roles.add_role, institution, by=staff["secretary"], role="substitute",
                          from_on=day, **person(n), **asked(day))  # fmt: skip
            acts = [signing(case, staff, day)] * (THREADS // 2) + [add] * (THREADS // 2)
            events = only_sentences(together(acts if n % 2 else acts[::-1]))
            assert len(events) == 1, [e.verb for e in events]
            now = clock.now()
            both = holding(institution, "responsible", now) + holding(
                institution, "substitute", now
            )
            assert both.count(f"Person {n}") == 1
            if events[0].verb == "add_role":
                responsible.withdraw(ResponsibleCase.objects.get(pk=case.pk),
                                     by=staff["secretary"], reason="Next round.")  # fmt: skip


def test_a_role_is_given_once_and_ended_once(rounds, staff, together):
    for n, institution, day in rounds():
        with at(day):
            by = {"by": staff["secretary"], **asked(day)}
            add = partial(roles.add_role, institution, role="signatory", from_on=day, **person(n),
                          **by)  # fmt: skip
            given = only_sentences(together([add] * THREADS))
            assert len(given) == 1
            row = RoleHolding.objects.known().get(event=given[0])
        with at(day + DAY):
            by |= {"asked_on": day + DAY}
            end = partial(roles.end_role, institution, holding=row.pk, last_on=day + DAY, **by)
            assert len(only_sentences(together([end] * THREADS))) == 1
            assert RoleHolding.objects.known().filter(person=row.person).get().to_at


@pytest.fixture
def ways(walk_to, staff):
    """Each round a new extension on the same institution, which asks for another right."""
    walked = walk_to("authorised")

    def each():
        for n in range(ROUNDS):
            way = Way(walked)
            rights = EnterpriseRight.objects.at(applications.noon(walked.day + 400 * DAY))
            held = rights.get(institution=way.institution).right
            with at(way.day):
                if held != "none":
                    end_right(
                        way.institution, by=way.staff["chief"], reason="Anew.", confirmed=True
                    )
            way.to_submitted(schemes=[], enterprise_right="exemption")
            yield n, way
            walked.day = way.day

    return each


def act(way, verb, who, **typed):
    case = way.case()
    return partial(processes.get("extension").actions[verb], case, by=way.staff[who], **typed)


def test_approved_returned_or_rejected_once(ways, together):
    why = {"reason": "In a whole sentence."}
    for n, way in ways():
        with at(way.day + DAY):
            acts = [act(way, "approve", "chief"), act(way, "return", "chief", **why),
                    act(way, "reject", "chief", **why)] * 2  # fmt: skip
            winner = judge(together(acts[n % 3 :] + acts[: n % 3]))
            assert way.case().state == winner.to_state
            if not way.case().closed_at:
                act(way, "withdraw", "head", **why)()
        way.day += DAY


def test_in_force_once(ways, together):
    for _n, way in ways():
        way.do("approve", "chief")
        way.do("register_our_signature", "dst-secretary", signed_on=way.day, road="scan",
               upload=applications.pdf("ours", "ours.pdf"))  # fmt: skip
        way.do("send", "secretary")
        way.day += DAY
        with at(way.day):
            sign = act(way, "register_counter_signature", "secretary", road="scan",
                       signed_on=way.day, signer=way.case().head_id,
                       upload=applications.pdf("both", "both.pdf"))  # fmt: skip
            no = act(way, "withdraw", "head", reason="They do not want it.")
            winner = judge(together([sign, no] * (THREADS // 2)))
            right = EnterpriseRight.objects.at(winner.at).get(institution=way.institution).right
            took = winner.verb == "register_counter_signature"
            assert (right == way.case().enterprise_right) == took


def test_nothing_is_approved_in_a_gap(ways, together):
    """The former person's leaving and the approval: in one order or the other."""
    for n, way in ways():
        institution, day = way.institution, way.day
        with clock.moved(applications.noon(day) + HOUR):
            leave = partial(change, institution, way.staff, day, n, left_on=day)
            acts = [act(way, "approve", "chief"), leave]
            results = together(acts if n % 2 else acts[::-1])
            events = {e.verb: e for e in only_sentences(results)}
            assert "register_change" in events
            state = ExtensionCase.objects.get(number=way.number).state
            assert state == ("approved" if "approve" in events else "submitted")
            gap = selectors.gap_since(institution, clock.now())
            assert gap is not None
            if "approve" in events:
                assert events["approve"].pk < events["register_change"].pk
            case = ResponsibleCase.objects.get(closed_at=None)
        with clock.moved(applications.noon(day) + 2 * HOUR):
            signing(case, way.staff, day)()
            act(way, "withdraw", "head", reason="Next round.")()
            assert selectors.has_responsible(institution, clock.now())
