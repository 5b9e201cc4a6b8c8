"""What is made of the rule, against brute force over the oracle: days, scopes, reasons, and what an
end would close. Worlds are random; each question is put at every instant at which anything changes.
"""

import datetime as dt

import pytest
from django.db import transaction

from fsesys.core import clock
from projects import access, explaining, register
from tests import chance
from tests.chance import DAYS, EVENTS, KINDS, PEOPLE, PLACES, PROJECTS, REGISTERS, Random
from tests.oracle import SPENDING

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOMENT = dt.timedelta(microseconds=1)
SEEDS = [*range(6), *(pytest.param(n, marks=pytest.mark.soak) for n in range(6, 300))]


def world_of(pick, events):
    """A world in which that many things have happened, on many days."""
    world = chance.opened()
    for _n in range(events):
        step = pick(8)
        if step < 3:
            chance.recorded(world, pick.of(KINDS), pick)
        elif step < 7:
            pick.of(EVENTS)(world, pick)
        elif not pick(6):
            world.alias(1 + pick(PEOPLE - 1), 0)
        world.at += dt.timedelta(minutes=pick(3000))
    return world


def asked(world, pick):
    """A question by day: any, today, or one on which something began or ended."""
    begun = [f.start for f in world.office.facts if f.start <= world.at]
    over = [f.end for f in world.office.facts if f.end and f.end <= world.at] or [world.at]
    days = [clock.day_of(at) for at in (world.at, pick.of(begun), pick.of(over))]
    on = pick.of([*days, pick.of([day for day in DAYS if day <= days[0]])])
    known = None if pick(2) else days[0] - dt.timedelta(days=pick(300))
    return register.Question(on, known)


def within(opinion, grants, question):
    """The spans of the day in order, each asked for just after every change of it."""
    found, since, until = [], question.since, question.until
    changes = [since, *(t for t in opinion.boundaries if since < t <= until), until]
    for grant in sorted(grants, key=lambda one: one.start):
        spans = (opinion.span(grant, t) for t in changes if t >= grant.start)
        found += [s for s in dict.fromkeys(spans) if s and s not in found]
    return found


def reason(opinion, code, grant, at):
    """(state, since, until) as explain tells it, from where the condition changes."""
    spans, open_since, held = [], None, False
    for t in [min(opinion.boundaries) - MOMENT, *opinion.boundaries]:
        holds = opinion.holds(code, grant, t)
        if holds and not held:
            open_since = t if t in opinion.boundaries else None
        elif held and not holds:
            spans.append((open_since, t))
        held = holds
    spans += [(open_since, None)] if held else []
    now = access.span_of(spans, at)
    if now is None:
        return (
            "missing",
            max((end for _since, end in spans if end and end <= at), default=None),
            None,
        )
    if code in SPENDING and not access.covers(now, grant.start):
        before = access.span_of(spans, grant.start)
        return "spent", before[1] if before else grant.start, now[0]
    return "holds", *now


class Asked:
    """The rows of a question, and what the oracle says of the same pairs."""

    def __init__(self, world, question):
        self.world, self.question = world, question
        self.opinion = world.office.known(question.known_at, question.until)
        self.pairs = {(world.people[f.of["person"]], world.projects[f.of["project"]])
                      for f in self.grants()}  # fmt: skip

    def grants(self, **of):
        return [f for f in self.opinion.all("grant", **of) if f.start <= self.question.until]

    def rows(self, **scope):
        asked = register.Question(self.question.on, self.question.known, tuple(scope.items()))
        return {(r.access.person_id, r.access.project_id): r for r in register.rows(asked)}

    def used(self, kind, **of):
        """The projects of which the fact held at any time of the day."""
        since, until = self.question.since, self.question.until
        return {f.of["project"] for f in self.opinion.all(kind, **of)
                if f.start <= until and (f.end is None or f.end > since)}  # fmt: skip

    def agree(self, found, grants):
        """The rows are those of the grants, with the same spans in the same order."""
        people, projects, pairs = self.world.people, self.world.projects, {}
        for fact in grants:
            pair = people[fact.of["person"]], projects[fact.of["project"]]
            pairs.setdefault(pair, []).append(fact)
        assert set(found) == set(pairs)
        for pair, row in found.items():
            spans = within(self.opinion, pairs[pair], self.question)
            assert [*row.earlier, *([row.span] if row.span else [])] == spans, pair


@pytest.mark.parametrize("seed", SEEDS)
def test_days_scopes_and_reasons_are_those_of_the_oracle(seed):
    pick = Random(seed)
    world = world_of(pick, 60)
    with clock.moved(world.at):
        for _n in range(3):
            ask = Asked(world, asked(world, pick))
            everything = ask.rows()
            ask.agree(everything, ask.grants())
            judged(ask, everything)
            scoped(ask, everything)


def judged(ask, rows):
    """Every condition of the last grant: its state, and since and until when."""
    people, projects = ask.world.people, ask.world.projects
    for (person, project), row in rows.items():
        of = people.index(person), projects.index(project)
        grant, at = ask.opinion.last_grant(*of, ask.question.until), ask.question.until
        for why in explaining.explain(row.access, at):
            told = reason(ask.opinion, why.code, grant, at)
            assert (why.state, why.since, why.until) == told, (of, why.code)


def scoped(ask, everything):
    """Each choice gives its part of the rows, and nothing else."""
    world, opinion = ask.world, ask.opinion
    for n in range(PEOPLE):
        mine = [f for f in ask.grants() if opinion.human(f.of["person"]) == opinion.human(n)]
        ask.agree(ask.rows(person=world.people[n]), mine)
    for n in range(PROJECTS):
        ask.agree(ask.rows(project=world.projects[n]), ask.grants(project=n))
    for n in range(REGISTERS):
        used = ask.used("basis", register=n)
        mine = [f for f in ask.grants() if f.of["project"] in used]
        ask.agree(ask.rows(register=world.registers[n]), mine)
    for n in range(PLACES):
        owned = ask.used("owner", institution=n)
        mine = [f for f in ask.grants() if f.of["institution"] == n or f.of["project"] in owned]
        ask.agree(ask.rows(institution=world.institutions[n]), mine)


def leaving(world):
    """(as LEAVING calls it, whose, the fact) of every right and exemption that may end now."""
    for fact in world.changeable():
        if fact.runs(world.at) and fact.kind == "exemption":
            yield "exemption", {"project": world.projects[fact.of["project"]]}, fact
        if fact.runs(world.at) and fact.kind == "right":
            place = {"institution": world.institutions[fact.of["institution"]]}
            yield "right", place, fact
            if fact.of["right"] == "full":
                yield "full_right", place, fact


def closed_by_its_end(world, name, fact):
    """The open accesses that are closed by it; then it is as if it never was."""
    facts, before, at = list(world.office.facts), opened(world), world.at
    with transaction.atomic():
        world.end(fact, world.at)
        if name == "full_right":
            world.add("right", world.at, **fact.of | {"right": "exemption"})
        world.at += MOMENT
        gone = before - opened(world)
        transaction.set_rollback(True)
    world.at, world.office.facts[:], fact.retracted = at, facts, None
    return gone


def opened(world):
    return {one.key for one in access.register(world.at, world.at) if one.at(world.at)}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_an_end_would_close_is_what_it_closes(seed):
    pick = Random(seed)
    world = world_of(pick, seed % 25)
    with clock.moved(world.at):
        for name, scope, fact in list(leaving(world)):
            told = {one.key for one in access.lost(world.at, name, **scope)}
            assert told == closed_by_its_end(world, name, fact), (name, fact)
