"""The access rule against the oracle: random events of all kinds, and the same answer each time.

Belongs here: no difference in effective, explain, known and the register, on real PostgreSQL.
"""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from fsesys.core import clock
from fsesys.core.cases import Case
from fsesys.core.people import Person
from projects import access, explaining
from projects.records import Project
from tests import chance
from tests.chance import DAYS, EVENTS, KINDS, PEOPLE, Random
from tests.database import as_owner
from tests.dated import MODELS, START, World
from tests.oracle import COPENHAGEN, SPENDING, Fact, Office

pytestmark = pytest.mark.django_db


class Walk(RuleBasedStateMachine):
    """Events of all kinds in any order; after each the rule and the oracle are asked."""

    @initialize()
    def opened(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        self.world = chance.opened(projects=1)

    def teardown(self):
        if hasattr(self, "block"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    @rule(seed=st.integers(0, 2**32), kind=st.sampled_from(KINDS))
    def record(self, seed, kind):
        chance.recorded(self.world, kind, Random(seed))
        self.compare(seed)

    @rule(seed=st.integers(0, 2**32), event=st.sampled_from(EVENTS))
    def change(self, seed, event):
        event(self.world, Random(seed))
        self.compare(seed)

    @rule(minutes=st.sampled_from([1, 60, 1440, 43_200, 525_600]), midnight=st.booleans())
    def wait(self, minutes, midnight):
        at = self.world.at + dt.timedelta(minutes=minutes)
        self.world.at = clock.midnight(clock.day_of(at)) if midnight and minutes > 1440 else at

    @rule(person=st.integers(1, PEOPLE - 1))
    def one_human(self, person):
        self.world.alias(person, 0)
        self.compare(person)

    def compare(self, seed):
        pick = Random(seed)
        known = pick.instant(self.world) if pick(2) else self.world.at
        for at in (self.world.at, pick.instant(self.world)):
            same(self.world, at, known)


def same(world, at, known):
    """The rule and the oracle agree on every pair, at the instant, as known then."""
    people = {pk: n for n, pk in enumerate(world.people)}
    projects = {pk: n for n, pk in enumerate(world.projects)}
    found = {(people[one.person_id], projects[one.project_id]): one
             for one in access.register(at, known)}  # fmt: skip
    opinion = world.office.known(known, at)
    assert set(found) == opinion.pairs(at)
    for (person, project), one in found.items():
        grant = opinion.last_grant(person, project, at)
        assert one.at(at) == opinion.span(grant, at), (person, project, at, known)
        told = {reason.code: reason.state for reason in explaining.explain(one, at)}
        assert told == opinion.explain(grant, at), (person, project, at, known)
        assert bool(one.at(at)) is (not explaining.missing(one, at))
        assert one.alive(at) is all(told[code] == "holds" for code in told if code in SPENDING)


def walked(steps, examples):
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None,
            derandomize=examples < 100, suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.slow
def test_the_rule_and_the_oracle_agree_on_five_hundred_random_steps():
    walked(50, 10)


@pytest.mark.soak
def test_the_rule_and_the_oracle_agree_on_a_hundred_thousand_steps():
    walked(100, 1000)


def test_each_day_has_its_own_answer_and_none_opens_again():
    """The fixed story beside the random ones: what a lapse, a gap and a late row do."""
    world = World(2, 2, 2, 1, 4)
    day = clock.midnight
    for place in (0, 1):
        world.add("authorised", day(dt.date(2025, 1, 1)), institution=place)
    world.add("owner", day(dt.date(2025, 1, 1)), project=0, institution=0)
    period = world.add("period", day(dt.date(2025, 1, 1)), day(dt.date(2025, 7, 1)), project=0)
    of = {"person": 0, "institution": 1, "agreement": 1}
    world.add("association", day(dt.date(2025, 1, 1)), **of)
    world.add("pass", day(dt.date(2024, 2, 29)), person=0, on=dt.date(2024, 2, 29))
    world.add("grant", day(dt.date(2025, 1, 10)), project=0, **of)
    assert period

    def state(on, hour=12, known=None):
        at = dt.datetime.combine(on, dt.time(hour), COPENHAGEN)
        same(world, at, known or world.at)
        (one,) = access.register(at, known or world.at, project=world.projects[0])
        return [reason.code for reason in explaining.explain(one, at) if not reason.holds]

    assert state(dt.date(2025, 2, 28), 23) == []  # the last day of the pass of 29 February
    assert state(dt.date(2025, 3, 1), 0) == ["certified"]
    world.add("pass", day(dt.date(2025, 3, 10)), person=0, on=dt.date(2025, 3, 10))
    assert state(dt.date(2025, 3, 10), 0) == []  # heals
    assert state(dt.date(2025, 6, 30), 23) == []
    assert state(dt.date(2025, 7, 1), 0) == ["project_runs"]
    before = world.at
    world.at += dt.timedelta(days=1)
    world.add("period", day(dt.date(2025, 7, 2)), project=0)
    assert state(dt.date(2025, 7, 3)) == ["project_runs"]  # spent: nothing opens again by itself
    world.at += dt.timedelta(days=1)
    world.add("period", day(dt.date(2025, 7, 1)), day(dt.date(2025, 7, 2)), project=0)
    assert state(dt.date(2025, 7, 3)) == []  # there was no gap, as we know since today
    assert state(dt.date(2025, 7, 3), known=before) == ["project_runs"]


@pytest.mark.parametrize("soft", [True, False])
@pytest.mark.parametrize("kind, of", [("person_hold", {"person": 0}), ("project_hold", {"project": 0}),
                                      ("institution_hold", {"institution": 0}),
                                      ("institution_hold", {"institution": 1})])  # fmt: skip
def test_what_a_hold_stopped_is_spent_and_what_a_precaution_paused_comes_back(kind, of, soft):
    """On the person, the project, its owner, and the institution of the person."""
    world, day = World(2, 2, 2, 1, 4), clock.midnight
    for place in (0, 1):
        world.add("authorised", day(DAYS[0]), institution=place)
    world.add("owner", day(DAYS[0]), project=0, institution=0)
    world.add("period", day(DAYS[0]), project=0)
    home = {"person": 0, "institution": 1, "agreement": 1}
    world.add("association", day(DAYS[5]), **home)
    world.add("pass", day(DAYS[5]), person=0, on=DAYS[5])
    world.add("grant", day(DAYS[6]), project=0, **home)
    world.add(kind, day(DAYS[7]), day(DAYS[8]), **of, soft=soft)
    found = []
    for on in (DAYS[6], DAYS[7], DAYS[8]):  # before, while it runs, and after
        same(world, day(on), world.at)
        (one,) = access.register(day(on), world.at, project=world.projects[0])
        found.append(bool(one.at(day(on))))
    assert found == [True, False, soft]


PAIRS, PLACES_SHARED, LATER = 10_000, 6, dt.date(2026, 6, 1)


@pytest.mark.slow
def test_ten_thousand_pairs_are_judged_in_one_pass():
    """Each pair has an agreement, a person and a project of its own; institutions are shared."""
    world, pick = World(PLACES_SHARED, PAIRS, PAIRS, 2, PAIRS, PAIRS), Random(20260105)
    facts, day = world.office.facts, [clock.midnight(one) for one in DAYS]
    for place in range(PLACES_SHARED):
        right = ("full", "none", "exemption")[place % 3]
        world.add("right", day[0], institution=place, right=right)
        world.add("authorised", day[0], day[10] if place == 5 else None, institution=place)
    world.add("authorised", day[10] + dt.timedelta(days=1), institution=5)
    for place, soft in ((3, True), (4, False)):
        world.add("institution_hold", day[9], day[10], institution=place, soft=soft)
    world.add("flag", day[0], register=0, restricted=True)
    world.add("flag", day[0], day[9], register=1, restricted=True)
    shared, pairs = list(facts), []
    for n in range(PAIRS):
        pairs.append(list(of_pair(n, pick, day)))
    bulk(world, [fact for pair in pairs for fact in pair])
    at = known = clock.midnight(LATER) + dt.timedelta(hours=9)
    found = {one.person_id: one for one in access.register(at, known)}
    places = {pk: n for n, pk in enumerate(world.people)}
    answers = {places[pk]: bool(one.at(at)) for pk, one in found.items()}
    for n, pair in enumerate(pairs):
        opinion = Office(shared + pair).known(known, at)
        grant = opinion.last_grant(n, n, at)
        assert answers.get(n) == (grant and opinion.effective(grant, at)), n
    assert 500 < sum(answers.values()) < PAIRS - 500, "both answers must occur often"


def of_pair(n, pick, day):
    """The facts of one pair, each there, missing, interrupted or ended by chance."""
    place = pick(PLACES_SHARED)
    of = {"person": n, "institution": place, "agreement": n}

    def span(kind, **of):
        """Mostly whole; else with a gap between the grant and the day asked about, or an end."""
        start, gap = day[pick(5)], day[6] + dt.timedelta(days=pick(120))
        if not pick(15):
            return
        end = None if pick(8) else gap
        yield Fact(kind, of, start, end, START)
        if end and pick(2):
            yield Fact(kind, of, end + dt.timedelta(days=pick(3)), None, START)

    def hold(kind, **of):
        if not pick(6):
            start = day[pick(10)]
            end = start + dt.timedelta(days=pick(400) + 1) if pick(4) else None
            yield Fact(kind, of | {"soft": bool(pick(2)), "run": n}, start, end, START)

    yield from span("association", **of)
    yield from span("owner", project=n, institution=pick(PLACES_SHARED))
    yield from span("period", project=n)
    ends = clock.midnight(LATER) + dt.timedelta(days=pick(20) - 1) if not pick(9) else None
    yield Fact("grant", {"project": n, **of}, day[5 + pick(4)], ends, START)
    if not pick(4):  # a former one
        yield Fact("grant", {"project": n, **of}, day[1 + pick(2)], day[4], START)
    for _try in range(1 + pick(3)):
        on = DAYS[1 + pick(9)]
        yield Fact("pass", {"person": n, "on": on}, clock.midnight(on), None, START)
    if not pick(3):
        yield Fact("basis", {"project": n, "register": pick(2)}, day[pick(9)], None, START)
        if not pick(3):
            yield Fact("exemption", {"project": n}, day[pick(9)], None, START)
    yield from hold("person_hold", person=n)
    yield from hold("project_hold", project=n)


def bulk(world, facts):
    """The facts as the application writes them, kind by kind; passes of one day once."""
    rows, seen = {}, set()
    for fact in facts:
        key = (fact.kind, fact.of.get("person"), fact.of.get("on"))
        if fact.kind == "pass" and key in seen:
            continue
        seen.add(key)
        rows.setdefault(MODELS[fact.kind], []).append(MODELS[fact.kind](**world.columns(fact)))
    for model, found in rows.items():
        model.objects.bulk_create(found, batch_size=2000)
    tables = ", ".join(model._meta.db_table for model in (*rows, Person, Project, Case))
    with (
        as_owner(),
        connection.cursor() as cursor,
    ):  # what an earlier test left misleads the planner
        cursor.execute(f"ANALYZE {tables}")


def test_the_questions_are_as_many_for_ten_people_as_for_two_hundred(client, staff):
    """One statement judges, some name: however many reach the project."""
    world = World(2, 210, 2, 1, 210, 0)
    world.spare = world.cases[:1]
    day, facts = clock.midnight(DAYS[6]), []
    for place in range(2):
        world.add("authorised", day, institution=place)
        world.add("owner", day, project=place, institution=place)
        world.add("period", day, project=place)
    for n in range(210):
        of = {"person": n, "institution": 0, "agreement": n}
        facts += [Fact("association", of, day, None, START),
                  Fact("pass", {"person": n, "on": DAYS[6]}, day, None, START),
                  Fact("grant", of | {"project": int(n >= 10)}, day, None, START)]  # fmt: skip
    bulk(world, facts)
    client.force_login(staff["officer"])
    spent = []
    with clock.moved(START + dt.timedelta(days=1)):
        client.get("/")  # counts what waits for the person, which every page shows
        for project, people in ((0, 10), (1, 200)):
            for path in ("/projects/{}/", "/projects/{}/people/"):
                with CaptureQueriesContext(connection) as asked:
                    answer = client.get(path.format(world.projects[project]))
                assert answer.content.decode().count("Person ") >= people
                spent.append(len(asked))
    assert spent[:2] == spent[2:] and max(spent) <= 30, spent
