"""Projects, people and accesses: what is asked, who runs beside it, and the export of everything.

Belongs here: the rows of issue 4 and their goals. The data is that of load_access.py.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from statistics import geometric_mean

from django.db import connection

from fsesys.core import clock
from institutions.records import Institution
from projects.records import Grant, Project
from researchers.records import Researcher
from tests.database import as_owner

from . import report, rows
from .clocked import race
from .contestants_access import SQL, tell_rule
from .report import Goal

A_PAGE = 100  # accesses on a page of the register
YEARS = 730  # days back
SCOPES = ("project", "person", "institution")
WHEN = ("now", "two years back", "as known then")
LISTS, SEARCHES = ("projects", "researchers"), ("project search", "person search")
PAGES = ("project of 10", "project of 200")
GOALS = (
    *(Goal(f"{row}: a third of the stock admin", row, "ours", "stock", 1 / 3)
      for row in (*PAGES, *LISTS)),
    *(Goal(f"{row}: 3 times the floor", row, "ours", "floor", 3) for row in PAGES),
    *(Goal(f"{row}: 2.5 times the floor", row, "ours", "floor", 2.5) for row in LISTS),
    *(Goal(f"{row}: a fifth of the stock admin", row, "ours", "stock", 0.2) for row in SEARCHES),
    *(Goal(f"access of {scope}, {when}: twice the same now", f"{scope}, three times", when, "ours", 2)
      for scope in SCOPES for when in WHEN[1:]),
    Goal("export of everything: 3 times a bare COPY", "export", "ours", "COPY", 3),
)  # fmt: skip
FIRST, GROWN = 1_000, 50  # ms until the first row of the export leaves; MB that it may hold on to


def pages(office) -> dict:
    """{row: {contestant: address or (name of SQL, its values)}}."""
    many, few = (Project.objects.get(pk=pk) for pk in office.crowded[:2])
    person = Researcher.objects.filter(person__grants__project=many).order_by("pk")[9]
    place = Institution.objects.get(pk=office.places[1])
    found = {}
    scopes = zip(SCOPES, (many, person.person, place),
                 (many.number, person.ident, place.authorisation_number), strict=True)  # fmt: skip
    for scope, record, number in scopes:
        for when in WHEN:
            found[f"access of {scope}, {when}"] = asked(office, scope, record, number, when)
    for name, project in zip(PAGES, (few, many), strict=True):
        given = values(office, "now", project=project.pk)
        found[name] = both("projects/project", f"{project.pk}/change/",
                           "access-project", f"/projects/{project.pk}/", given)  # fmt: skip
    found["researcher"] = both(
        "core/person", f"{person.person_id}/change/", "access-person",
        f"/researchers/{person.pk}/", values(office, "now", person=person.person_id))  # fmt: skip
    people = "researchers/researcher"
    found["projects"] = both("projects/project", "", "projects", "/projects/", {})
    found["researchers"] = both(people, "", "researchers", "/researchers/", {})
    found["project search"] = both(
        "projects/project", f"?q={many.number}", "project-search",
        f"/projects/?q={many.number}", {"number": many.number})  # fmt: skip
    found["person search"] = both(people, f"?q={person.ident}", "researcher-search",
                                  f"/researchers/?q={person.ident}", {"ident": person.ident})  # fmt: skip
    return found


def asked(office, scope, record, number, when):
    """One question to the register; no admin answers it."""
    ago = f"{office.ago(YEARS):%d-%m-%Y}"
    days = dict(zip(WHEN, ("", f"&on={ago}", f"&on={ago}&known={ago}"), strict=True))
    given = values(office, when, **{scope: record.pk})
    return {"ours": f"/access/?{scope}={number}&closed=on{days[when]}",
            "floor": address(f"access-{scope}", given), "SQL": (f"access-{scope}", given)}  # fmt: skip


def values(office, when, **scope):
    """What the rule's statement is given; months: the parameter's default."""
    now, ago = clock.now(), clock.after(clock.day_of(office.ago(YEARS)))
    until, known = {"now": (now, now), WHEN[1]: (ago, now), WHEN[2]: (ago, ago)}[when]
    return {"since": until.isoformat(), "until": until.isoformat(), "known": known.isoformat(), "months": "12",
            "limit": A_PAGE if scope.keys() - {"project"} or when != "now" else 1000} | scope  # fmt: skip


def address(sql, given):
    return f"/floor/{sql}/?{rows.urlencode(given)}"


def both(model, rest, sql, ours, given):
    return {"ours": ours, "stock": f"/stock/{model}/{rest}", "tuned": f"/tuned/{model}/{rest}",
            "floor": address(sql, given), "SQL": (sql, given)}  # fmt: skip


def measure(staff, office, size, rounds, pages_cost) -> tuple:
    """(everything at this size as Markdown, {row: Times of ours})."""
    tell_rule()
    browser, addresses = rows.client(staff["officer"]), pages(office)
    costs = {row: pages_cost(browser, found) for row, found in addresses.items()}
    races = {row: race(rows.runners(browser, found), rounds) for row, found in addresses.items()}
    ours = {row: found["ours"] for row, found in races.items()}
    for scope in SCOPES:
        three = {"ours" if when == "now" else when: rows.get(browser, addresses[f"access of {scope}, {when}"]["ours"])
                 for when in WHEN}  # fmt: skip
        races[f"{scope}, three times"] = race(three, rounds)
    races["export"], first, grown = exports(browser, office, 1 if size > 3 else 3)
    lines = [
        [f"### Accesses, size {size:g}"], [f"{counted()}."], report.times(races),
        report.asked(costs), [
            *report.met(GOALS, races),
            report.told("export: ms until the first row", first, FIRST),
            report.told("export: MB that the process grew by", grown, GROWN),
        ]]  # fmt: skip
    return "\n\n".join("\n".join(part) for part in lines), ours


def counted() -> str:
    models = (Institution, Researcher, Project, Grant)
    return ", ".join(f"{m.objects.count():,} {m._meta.db_table}" for m in models)


def exports(browser, office, rounds):
    """(times of the whole register as CSV and by COPY, ms to the first row, MB of growth)."""
    given, firsts, grown = values(office, "now"), [], []

    def ours():
        begun, before = time.perf_counter(), resident()
        answer = browser.get("/access/?closed=on&on=&export=csv")
        for n, _lines in enumerate(answer.streaming_content):
            if n == 1:
                firsts.append((time.perf_counter() - begun) * 1000)
            if n % 10 == 0:
                grown.append(resident() - before)

    def copied():
        with as_owner(), connection.cursor() as cursor:
            with cursor.copy(f"COPY ({SQL['access']}) TO STDOUT", given) as copy:
                for _part in copy:
                    pass

    times = race({"ours": ours, "COPY": copied}, rounds)
    return times, max(firsts), max(grown) / 2**20


def resident() -> int:
    """Bytes of memory that this process has now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def growth(small: dict, large: dict) -> str:
    """How much longer the pages take at the larger size, as the goal of the issue has it."""
    times = [large[row].median / small[row].median for row in small]
    return report.told("all pages, geometric mean of the larger size by the smaller",
                       geometric_mean(times), 1.2)  # fmt: skip
