"""`make bench`: load an office, race everyone, print the tables of docs/performance.md.

Runs on the temporary PostgreSQL of the tests, in a database of its own, committed for good and
vacuumed; the application's role does what is measured. `--size 1,10`: times domain.md 7.3.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "fsesys.settings.test"

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.backends.signals import connection_created  # noqa: E402
from django.db.models import Model  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from fsesys.core.cases import Case, ProcessEvent  # noqa: E402
from fsesys.core.documents import Document  # noqa: E402
from fsesys.core.people import Person  # noqa: E402
from fsesys.desk.demo.staff import make_staff  # noqa: E402
from institutions.records import Institution, RoleHolding  # noqa: E402
from tests.database import as_owner, take_role  # noqa: E402

from . import accesses, load, load_access, report, rows  # noqa: E402
from .buffers import asked  # noqa: E402
from .clocked import race  # noqa: E402

COUNTED: tuple[type[Model], ...] = (Institution, Case, ProcessEvent, Document, Person, RoleHolding)
ACCESSES = 25_000  # of domain.md 7.3
EARLIER = 6  # cases that each institution withdrew before the present one
ENDS = ("first", "last")
LETTERS = 9
LONG = 5  # rounds of the case page, where stock takes its time


def main() -> None:
    asked_for = arguments()
    connection.settings_dict["TEST"]["NAME"] = f"test_bench_{os.getpid()}"
    outside = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0)
    connection_created.connect(take_role)
    try:
        measure_all(asked_for)
    finally:
        connection_created.disconnect(take_role)
        connection.creation.destroy_test_db(outside, verbosity=0)


def measure_all(asked_for) -> None:
    """Load and measure one size after the other."""
    with as_owner():
        staff = make_staff("bench")
    said = []
    if "offices" in asked_for.part:
        measure_offices(staff, asked_for, said)
    if "accesses" in asked_for.part:
        measure_accesses(staff, asked_for, said)


def measure_offices(staff, asked_for, said) -> None:
    """Process 1: its lists, search, case page, decisions, letters and import."""
    with override_settings(ROOT_URLCONF="tests.benchmarks.contestants"):
        with load.Originals() as originals:
            load.walked(staff, earlier=EARLIER)
        for size in asked_for.size:
            load.grow(originals, size)
            tell(said, measure(staff, size, asked_for.rounds), asked_for)


def measure_accesses(staff, asked_for, said) -> None:
    """Processes 2 and 3: projects, people, the register of accesses and its export."""
    office, found = load_access.Accesses(told=True), []
    with override_settings(ROOT_URLCONF="tests.benchmarks.contestants_access"):
        for size in asked_for.size:
            office.grow(round(ACCESSES * size))
            lines, ours = accesses.measure(staff, office, size, asked_for.rounds, pages_cost)
            found.append(ours)
            tell(said, lines, asked_for)
    if len(found) > 1:
        tell(
            said, "\n".join([*report.met((), {}), accesses.growth(found[0], found[-1])]), asked_for
        )


def tell(said, lines, asked_for) -> None:
    """Print what was measured, and write all of it where it is asked for."""
    said.append(lines)
    print(lines, flush=True)
    if asked_for.into:
        report.write(asked_for.into, said, asked_for.rounds)


def arguments():
    words = argparse.ArgumentParser(prog="make bench")
    words.add_argument("--size", default="1,10", type=lambda text: [
        float(part) for part in text.split(",")])  # fmt: skip
    words.add_argument("--part", default="offices,accesses", help="offices, accesses, or both")
    words.add_argument("--rounds", default=30, type=int)
    words.add_argument("--into", type=Path, help="a document that ends in a heading Measured")
    return words.parse_args()


def measure(staff, size, rounds) -> str:
    """Everything at this size, as Markdown."""
    wrong = {what: count for what, count in load.broken().items() if count}
    if wrong:
        raise RuntimeError(f"The loaded office is not one that the actions could make: {wrong}")
    counted = ", ".join(f"{m.objects.count():,} {m._meta.db_table}" for m in COUNTED)
    browser = rows.client(staff["responsible"])
    addresses = rows.pages()
    costs = {row: pages_cost(browser, found) for row, found in addresses.items()}
    races = {
        row: race(rows.runners(browser, found), LONG if row == "case page" else rounds)
        for row, found in addresses.items()
    }
    for name in report.LISTS:
        first, last = (get_ours(browser, addresses[f"{name}, {end} page"]) for end in ENDS)
        races[f"{name}, both ends"] = race({"ours": last, "first page": first}, rounds)
    races["decision"] = race(rows.decisions(staff["chief"], rounds + 2), rounds)
    races["letter"] = race(rows.letters(), LETTERS)
    races["import, 29 rows"] = race(rows.imports(staff), LETTERS)
    drawn = rows.letter_in_the_request(staff["chief"])
    parts = [[f"### Size {size:g}"], [f"{counted}."], report.times(races), report.asked(costs),
             report.goals(races, drawn)]  # fmt: skip
    return "\n\n".join("\n".join(lines) for lines in parts)


def get_ours(browser, addresses):
    return rows.get(browser, addresses["ours"])


def pages_cost(browser, addresses) -> dict:
    """{who: what one request asks}, the second request of two."""
    found = {}
    for who in addresses.keys() & {"ours", "stock", "tuned"}:
        ask = rows.get(browser, addresses[who])
        ask()
        with asked() as found[who]:
            ask()
    return found


if __name__ == "__main__":
    if settings.DEBUG:
        raise SystemExit("Measured with DEBUG off only.")
    main()
