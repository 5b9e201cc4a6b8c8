"""Gates: ten times the accesses cost hardly more per row shown, and the whole register streams."""

import os
import time
from pathlib import Path

import pytest
from django.db import connection

from fsesys.core import clock
from fsesys.desk.access import A_PAGE
from institutions.records import Institution
from projects import access
from projects.records import Grant, Project
from researchers.records import Researcher
from tests.benchmarks.load_access import Accesses
from tests.integration.test_buffers import GROWTH, cost, swept

__all__ = ["swept"]  # a fixture that works here, too
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
AN_ACCESS = 40  # buffers at most for an access and every fact it rests on, at any size
GROWN = 50 * 2**20  # bytes that the whole register may hold on to while it streams
INDEXED = ("enable_seqscan", "enable_mergejoin", "enable_hashjoin")


def pages(office) -> dict:
    """{what: address} of every page that the gate holds for, at the present size."""
    many, few = Project.objects.in_bulk(office.crowded[:2]).values()
    person = Researcher.objects.filter(person__grants__project=many).order_by("pk")[9]
    place = Institution.objects.get(pk=min(office.places[:12], key=beyond_a_page))
    ago = f"{office.ago(730):%d-%m-%Y}"
    days = {"now": "", "two years back": f"&on={ago}", "as known then": f"&on={ago}&known={ago}"}
    scopes = {"project": many.number, "person": person.ident,
              "institution": place.authorisation_number}  # fmt: skip
    return {
        f"access of a {scope}, {when}": f"/access/?{scope}={number}&closed=on{day}"
        for scope, number in scopes.items() for when, day in days.items()
    } | {
        "projects": "/projects/", "projects, searched": f"/projects/?q={many.number}",
        "researchers": "/researchers/", "researchers, searched": f"/researchers/?q={person.ident}",
        "project of 200": f"/projects/{many.pk}/", "project of 10": f"/projects/{few.pk}/",
        "researcher": f"/researchers/{person.pk}/",
    }  # fmt: skip


def beyond_a_page(place) -> int:
    """How far the accesses of the institution are from as many as a page shows."""
    return abs(sum(1 for _one in access.register(clock.now(), institution=place)) - A_PAGE)


def test_ten_times_the_accesses_cost_hardly_more_per_row_shown(client, staff):
    client.force_login(staff["officer"])
    office, found = Accesses(), []
    for size in (1_000, 10_000):
        office.grow(size)
        with connection.cursor() as cursor:  # small tables are read whole, as no grown one will be
            for way in INDEXED:
                cursor.execute(f"SET LOCAL {way} = %s", ["on" if found else "off"])
        found.append({what: cost(client, path) for what, path in pages(office).items()})
    few, many = found
    grown = [f"{what}: {few[what].told()}\n{many[what].told()}" for what in few
             if many[what].per_row > GROWTH * few[what].per_row
             or many[what].per_row > AN_ACCESS < many[what].rows]  # fmt: skip
    assert not grown, "\n\n".join(grown)
    streamed(client, Grant.objects.known().values("person", "project").distinct().count())


def streamed(client, accesses):
    """The first row leaves before the last ones are judged, and the memory stays flat."""
    begun, taken = time.perf_counter(), [resident()]
    answer, first, rows = (
        client.get("/access/?closed=on&on=&export=csv"),
        0,
        -1,
    )  # a head of its own
    for n, lines in enumerate(answer.streaming_content):
        rows += lines.count(b"\r\n")
        if n == 1:
            first = time.perf_counter() - begun
        taken.append(resident())
    assert rows == accesses
    assert first < (time.perf_counter() - begun) / 2
    assert max(taken) - taken[0] < GROWN


def resident() -> int:
    """Bytes of memory that this process has now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
