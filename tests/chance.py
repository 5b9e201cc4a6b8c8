"""Random worlds for the access rule: what may happen in the office, each event from one number.

Belongs here: which events there are and what they are about. What is asked of them is in the tests.
"""

import datetime as dt
import random

from fsesys.core import clock
from tests.dated import World

# 29 February, both clock changes, New Year, and the days around the start
DAYS = [dt.date(2024, 2, 29), dt.date(2025, 2, 28), dt.date(2025, 3, 1), dt.date(2025, 3, 30),
        dt.date(2025, 10, 26), dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 1, 4),
        dt.date(2026, 1, 5), dt.date(2026, 1, 6), dt.date(2026, 3, 29), dt.date(2026, 10, 25)]  # fmt: skip
KINDS = ("authorised", "right", "institution_hold", "association", "association", "pass", "pass",
         "person_hold", "owner", "period", "basis", "flag", "allowed", "exemption", "grant",
         "grant", "project_hold")  # fmt: skip
RIGHTS = ("full", "none", "exemption")
PEOPLE, PLACES, PROJECTS, REGISTERS = 3, 3, 2, 2


class Random:
    """Choices from one seed, so that a machine's step is one number to shrink."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def __call__(self, n):
        return self.random.randrange(n)

    def of(self, rows):
        return rows[self(len(rows))] if rows else None

    def instant(self, world):
        """A midnight of one of the days, now, or a little beside it."""
        kind = self(4)
        if kind == 0:
            return world.at
        if kind == 1:
            return world.at + dt.timedelta(minutes=self(40_000) - 20_000)
        return clock.midnight(self.of(DAYS))


def opened(projects=PROJECTS) -> World:
    """An office in which most things hold, so that accesses are open at times; the second place
    reaches enterprise data by exemption alone. projects: to how many of them people are granted."""
    world = World(PLACES, PEOPLE, PROJECTS, REGISTERS, PEOPLE * PLACES)
    first = clock.midnight(DAYS[0])
    for place in range(PLACES):
        world.add("authorised", first, institution=place)
        world.add("right", first, institution=place, right="exemption" if place == 1 else "full")
    for project in range(PROJECTS):
        world.add("owner", first, project=project, institution=project)
        world.add("period", first, project=project)
    world.add("flag", first, register=0, restricted=True)
    world.add("basis", first, project=0, register=0)
    world.add("exemption", first, project=0)
    for person in range(PEOPLE):
        of = {"person": person, "institution": person, "agreement": person * PLACES + person}
        world.add("association", clock.midnight(DAYS[5]), **of)
        world.add("pass", clock.midnight(DAYS[5]), person=person, on=DAYS[5])
        for project in range(projects):
            world.add("grant", clock.midnight(DAYS[6]), project=project, **of)
    world.at += dt.timedelta(minutes=1)
    return world


def subject(kind, pick, world) -> dict | None:
    """What a fact of the kind is about, chosen by `pick(number)`."""
    place, person, project = pick(PLACES), pick(PEOPLE), pick(PROJECTS)
    agreement = person * PLACES + place
    match kind:
        case "authorised":
            return {"institution": place}
        case "right":
            return {"institution": place, "right": pick.of(RIGHTS)}
        case "institution_hold":
            return {"institution": place, "soft": bool(pick(2))}
        case "association":
            return {"person": person, "institution": place, "agreement": agreement}
        case "pass":
            return {"person": person}
        case "person_hold":
            return {"person": person, "soft": bool(pick(2))}
        case "project_hold":
            return {"project": project, "soft": bool(pick(2))}
        case "owner" | "allowed":
            return {"project": project, "institution": place}
        case "period" | "exemption":
            return {"project": project}
        case "basis":
            return {"project": project, "register": pick(REGISTERS)}
        case "flag":
            return {"register": pick(REGISTERS), "restricted": bool(pick(2))}
        case "grant":
            of = {"person": person, "project": project, "agreement": agreement}
            known = any(f.kind == "association" and f.of["agreement"] == agreement
                        for f in world.office.facts)  # fmt: skip
            return of | {"institution": place} if known else None


def recorded(world, kind, pick):
    """One fact of the kind, or nothing where it makes no sense."""
    of = subject(kind, pick, world)
    if of is None:
        return
    if kind == "pass":
        on = pick.of(DAYS)
        world.add(kind, clock.midnight(on), None, **of, on=on)
        return
    start = pick.instant(world)
    end = None if pick(3) else start + dt.timedelta(minutes=pick(500_000))
    world.add(kind, start, end, **of)


def ended(world, pick):
    """What stands has an end, earlier or later."""
    fact = pick.of([fact for fact in world.changeable() if fact.kind != "link"])
    if fact:
        world.end(fact, pick.instant(world))


def retracted(world, pick):
    """What stands was never so."""
    fact = pick.of(world.changeable())
    if fact:
        world.retract(fact)


def corrected(world, pick):
    """What stands began at another time, or was of another value."""
    fact = pick.of([fact for fact in world.changeable() if fact.kind != "link"])
    if fact is None:
        return
    if fact.kind == "pass":
        on = pick.of(DAYS)
        world.correct(fact, clock.midnight(on), on=on)
    elif fact.kind == "right" and pick(2):
        world.correct(fact, fact.start, right=pick.of(RIGHTS))
    elif fact.kind == "flag" and pick(2):
        world.correct(fact, fact.start, restricted=not fact.of["restricted"])
    else:
        world.correct(fact, pick.instant(world))


def made_final(world, pick):
    """A precautionary hold that runs is none any more."""
    fact = pick.of([f for f in world.changeable() if f.of.get("soft") and f.runs(world.at)])
    if fact:
        world.make_final(fact)


def renewed(world, pick):
    """A grant ends and another of the pair begins at the same instant, perhaps from elsewhere."""
    fact = pick.of([f for f in world.changeable() if f.kind == "grant" and f.runs(world.at)])
    if fact is None:
        return
    homes = [f.of for f in world.office.facts
             if f.kind == "association" and f.of["person"] == fact.of["person"]]  # fmt: skip
    world.end(fact, world.at)
    world.add("grant", world.at, **fact.of | pick.of(homes))


def switched(world, pick):
    """A parameter has a value from a day on."""
    day = pick.of([clock.day_of(world.at) + dt.timedelta(days=pick(20)), pick.of(DAYS)])
    name, value = ("strict", pick(2)) if pick(3) else ("months", pick.of([6, 12]))
    world.put(name, value, day)


EVENTS = (ended, ended, retracted, corrected, made_final, renewed, switched)
