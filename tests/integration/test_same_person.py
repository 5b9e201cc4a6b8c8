"""Two records of one human being: linked by two people, nothing moved, no chain and no circle."""

import datetime as dt

import pytest
from django.http import QueryDict

from fsesys.core import clock, pending, undoing
from fsesys.core.pending import PendingDecision
from fsesys.core.people import Person
from fsesys.core.refusal import NeedsSecond, NotYours, Refused
from projects import access
from projects.grant import actions as grants
from projects.grant import rules
from projects.grant import selectors as reads
from projects.grant.models import GrantCase
from projects.records import Grant, Project
from researchers.records import Association, Researcher
from researchers.same_person import actions, selectors
from researchers.same_person.models import SamePersonCase
from tests.accesses import opened
from tests.dated import START
from tests.integration.test_access_register import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(staff):
    with opened(staff) as office:
        yield office


def one(office, n):
    return Researcher.objects.select_related("person").get(person=office.people[n])


def named(office, closed, stays):
    return actions.name_record(
        one(office, closed), by=office.staff["secretary"], stays=one(office, stays).person,
        reason="One passport.",
    )  # fmt: skip


def link(office, closed, stays):
    case = named(office, closed, stays).case
    return pending.confirm(PendingDecision.objects.get(case=case, outcome=""),
                           by=office.staff["head"])  # fmt: skip


def actions_two(verb, case, office):
    """The secretary proposes it, the head confirms."""
    with pytest.raises(NeedsSecond):
        verb(case, by=office.staff["secretary"], reason="Two passports.")
    pending.attempt(case, "unlink_records", by=office.staff["secretary"], key=None,
                    seen=case.revision, data=QueryDict("reason=Two+passports."))  # fmt: skip
    pending.confirm(PendingDecision.objects.get(case=case, outcome=""), by=office.staff["head"])


def test_linked_by_two_nothing_moved_and_what_holds_of_one_holds_of_both(office, client):
    office.add("grant", START, project=0, **office.home(0))
    office.add("grant", START, project=0, **office.home(1))
    for fact in [f for f in office.office.facts if f.kind == "pass" and f.of["person"] == 1]:
        office.retract(fact)
    before = set(Association.objects.values_list("pk", "person"))

    def open_now():
        return [bool(row.at(clock.read())) for row in access.register(clock.read())]

    assert open_now() == [True, False]
    event = link(office, 1, 0)
    second = one(office, 1)
    assert event.case.state == "linked" and event.by == office.staff["head"].person
    assert event.proposed_by == office.staff["secretary"].person
    assert (second.ident, second.ident_closed_at) == ("ABD", event.at)
    assert second.person.same_as_id == office.people[0]
    assert set(Association.objects.values_list("pk", "person")) == before
    assert one(office, 0).person.human() == second.person.human()
    assert open_now() == [True, True]  # one human being: the test of one record is that of both
    office.add("person_hold", START, person=1, soft=False)
    assert open_now() == [False, False]
    client.force_login(office.staff["auditor"])
    for mine, other in ((0, 1), (1, 0)):
        page = client.get(f"/researchers/{one(office, mine).pk}/").content.decode()
        assert f"/researchers/{one(office, other).pk}/" in page


def test_chains_circles_and_lost_idents_are_refused(office):
    link(office, 1, 0)
    for closed, stays, words in (
        (1, 2, "is linked to Person 0 already"), (0, 2, "stays for Person 1"),
        (2, 1, "itself linked to Person 0"),
    ):  # fmt: skip
        with pytest.raises(Refused) as error:
            named(office, closed, stays)
        assert words in " ".join(error.value.refusals)
    bare = Person.objects.create(name="Ada Nobody", mail="x@y.dk")
    for stays, words in ((bare, "has no ident"), (one(office, 2).person, "one record")):
        with pytest.raises(Refused, match=words):
            actions.name_record(
                one(office, 2), by=office.staff["secretary"], stays=stays, reason="x"
            )
    assert SamePersonCase.objects.count() == 1
    link(office, 2, 0)
    assert len(one(office, 0).person.human()) == 3


def test_the_head_confirms_and_what_changed_meanwhile_is_asked_anew(office, client):
    client.force_login(office.staff["secretary"])
    url = f"/researchers/{one(office, 1).pk}/same_person/name_record/"
    form = client.get(url).context["form"]
    typed = {"key": form["key"].value(), "seen": 0, "stays": "ABC", "reason": "Same."}
    assert client.post(url, typed | {"stays": "QQQ"}).status_code == 422
    done = client.post(url, typed)
    assert done.status_code == 303
    case = SamePersonCase.objects.get()
    assert case.state == "named" and client.get(done.url).status_code == 200
    proposal = PendingDecision.objects.get()
    for who in ("secretary", "officer"):
        with pytest.raises((Refused, NotYours)):
            pending.confirm(proposal, by=office.staff[who])
    link(office, 0, 2)
    with pytest.raises(Refused, match="itself linked"):
        pending.confirm(proposal, by=office.staff["head"])
    assert one(office, 1).person.same_as is None


def test_what_was_known_before_the_link_and_after_it_was_taken_away_stays_as_it_was(office):
    office.add("grant", START, project=0, **office.home(0))
    office.add("grant", START, project=0, **office.home(1))
    office.add("person_hold", START, person=1, soft=False)

    def known(at):
        mine = [row.person_id for row in access.register(at, at, person=office.people[0])]
        return [bool(row.at(at)) for row in access.register(at, at)], len(mine)

    day = dt.timedelta(days=1)
    with clock.moved(START + 2 * day):
        case = SamePersonCase.objects.get(pk=link(office, 1, 0).case_id)
    with clock.moved(START + 4 * day):
        actions_two(actions.unlink_records, case, office)
    with clock.moved(START + 6 * day):
        answers = [known(START + n * day) for n in (1, 3, 5)]
        assert answers == [([True, False], 1), ([False, False], 2), ([True, False], 1)]
        # as true: they were never one, and the day on which we thought so reads so now
        assert [bool(row.at(START + 3 * day)) for row in access.register(START + 3 * day)] == [
            True, False]  # fmt: skip


def test_one_human_being_gets_no_project_twice(office):
    office.add("grant", START, project=0, **office.home(0))
    office.add("pass", START - dt.timedelta(days=1), person=1, on=dt.date(2026, 1, 2))
    link(office, 1, 0)
    case = grants.columns(office.project(0), office.person(1), office.agreement(2))
    facts = reads.facts(GrantCase(**case), clock.read())
    assert facts.open_since and list(rules.not_twice(facts, None))


def test_a_closed_ident_gets_no_new_access_and_is_renewed_under_the_first_record(office, client):
    speaker = Person.objects.create(name="Ane Administrator", mail="ane@example.dk")
    Project.objects.update(contact=speaker)
    project, day = office.project(0), dt.timedelta(days=1)
    asked = {"asked_by": speaker, "asked_on": START.date()}

    def request(project):
        return grants.register_request(
            project, by=office.staff["secretary"], association=office.association(1), **asked
        ).case

    waits, spent = request(project), request(office.project(1))
    grants.grant(spent, by=office.staff["officer"])
    link(office, 1, 0)
    for call in (lambda: request(office.project(1)),
                 lambda: grants.grant(waits, by=office.staff["officer"])):  # fmt: skip
        with pytest.raises(Refused, match=r"second record of Person 0 \(ABC\). Use the first one"):
            call()
    assert office.association(1) not in reads.associated(clock.read())
    client.force_login(office.staff["secretary"])
    page = f"/projects/{project.pk}/people/"
    key = client.get(page).context["form"].initial["key"]
    answer = client.post(page, {"act": "ask", "idents": "ABD", "asked_by": speaker.pk, "seen": 0,
                                "asked_on": "05-01-2026", "key": key})  # fmt: skip
    assert "The ident ABD is closed. Go on with the first record" in text_of(answer)
    with clock.moved(START + day):  # the grant of the second record is spent
        office.at = clock.read()
        period = next(f for f in office.office.facts if f.kind == "period" and f.of["project"] == 1)
        office.end(period, office.at)
    with clock.moved(START + 2 * day):
        office.at = clock.read()
        office.add("period", office.at, project=1)
        client.force_login(office.staff["officer"])
        page = f"/projects/{office.projects[1]}/people/"
        assert client.post(page, {"act": "renew", "renew": [spent.pk]}).status_code == 303
        (fact,) = Grant.objects.at(clock.read()).filter(project=office.projects[1])
        assert fact.person_id == office.people[0]  # and the one of the second record has ended
        assert "Spent: renew?" not in text_of(client.get(page))


def test_two_take_a_wrong_link_away_and_the_records_stand_for_themselves(office, client):
    before = set(Association.objects.values_list("pk", "person"))
    event = link(office, 1, 0)
    case = SamePersonCase.objects.get(pk=event.case_id)
    assert [row["words"] for row in selectors.links(office.person(1))] == [
        "The first record of this person: Person 0 (ABC)"]  # fmt: skip
    (row,) = selectors.links(office.person(0))
    assert row["words"] == "A second record of this person: Person 1 (ABD)"
    assert row["url"] == f"/researchers/{one(office, 1).pk}/"
    with pytest.raises(Refused, match="Two people decided this"):
        undoing.undo(case, by=office.staff["head"])
    with pytest.raises(NotYours):
        actions.unlink_records(case, by=office.staff["officer"], reason="x")
    client.force_login(office.staff["secretary"])
    url = f"/researcher-cases/same_person/{case.number}/unlink_records/"
    form = client.get(url).context["form"]
    typed = {"key": form["key"].value(), "seen": form["seen"].value(), "reason": "Two passports."}
    assert client.post(url, typed | {"reason": ""}).status_code == 422
    assert client.post(url, typed).status_code == 303
    assert one(office, 1).person.same_as_id == office.people[0]  # not before the head says so
    done = pending.confirm(PendingDecision.objects.get(outcome=""), by=office.staff["head"])
    assert done.case.state == "unlinked"
    assert done.proposed_by == office.staff["secretary"].person
    assert one(office, 1).person.same_as is None and one(office, 1).ident_closed_at is None
    assert selectors.links(office.person(0)) == []
    assert set(Association.objects.values_list("pk", "person")) == before
    assert [row.same_as_id for row in Person.history.filter(id=office.people[1])][:2] == [
        None, office.people[0]]  # fmt: skip
    assert link(office, 0, 1).case.state == "linked"  # and now the other way round


def test_a_link_that_is_gone_is_not_taken_away_nor_by_whom_it_concerns(office):
    case = link(office, 1, 0).case
    Person.objects.filter(pk=office.people[1]).update(same_as=office.people[2])
    typed = QueryDict(mutable=True)
    typed["reason"] = "Two passports."
    attempt = {"by": office.staff["secretary"], "key": None, "seen": None, "data": typed}
    with pytest.raises(Refused, match="no longer linked by this case"):
        pending.attempt(SamePersonCase.objects.get(pk=case.pk), "unlink_records", **attempt)
    Person.objects.filter(pk=office.people[1]).update(same_as=office.people[0])
    Person.objects.filter(pk=office.people[0]).update(same_as=office.staff["secretary"].person)
    with pytest.raises(Refused, match="a colleague must do this"):
        pending.attempt(SamePersonCase.objects.get(pk=case.pk), "unlink_records", **attempt)
