"""Rows that an installation begins with: edges, check-list, office block, the system person.

Written by migrations as the owner; `restore()` puts them back after a test flushed the tables.
"""

import datetime as dt
import json
from pathlib import Path

from django.apps import apps as registry

from . import processes

FIXTURES = Path(__file__).parent / "fixtures"
SYSTEM = "FSESYS"
BEGINNING = dt.date(2020, 1, 1)
ALSO = []  # functions(apps) of the apps above, named in their ready()


def put_edges(apps, machine):
    """The edge table of one process becomes exactly what its machine says."""
    edge = apps.get_model("core", "Edge")
    edge.objects.filter(process=machine.process).delete()
    edge.objects.bulk_create(
        edge(process=machine.process, from_state=source, to_state=target, verb=verb)
        for source, target, verb in machine.edges()
    )


def put_checklist(apps, process, version=1):
    """One version of a process's check-list from its fixture, where it has one."""
    fixture = FIXTURES / f"checklist_{process}_{version}.json"
    if not fixture.exists():
        return
    rows = json.loads(fixture.read_text())
    checklist, new = apps.get_model("core", "Checklist").objects.get_or_create(
        process=process, version=version,
        defaults={"from_on": BEGINNING, "author": SYSTEM, "summary": rows["summary"]},
    )  # fmt: skip
    if new:
        criterion = apps.get_model("core", "Criterion")
        criterion.objects.bulk_create(
            criterion(checklist=checklist, position=n, **row)
            for n, row in enumerate(rows["criteria"], start=1)
        )


def put_enclosures(apps, process, version=1):
    """What an applicant sends under that version, from the same fixture, where none is told yet."""
    fixture = FIXTURES / f"checklist_{process}_{version}.json"
    if not fixture.exists():
        return
    rows = json.loads(fixture.read_text()).get("enclosures", [])
    enclosure = apps.get_model("core", "Enclosure")
    checklist = apps.get_model("core", "Checklist").objects.get(process=process, version=version)
    if not enclosure.objects.filter(checklist=checklist).exists():
        enclosure.objects.bulk_create(
            enclosure(checklist=checklist, position=n, **row) for n, row in enumerate(rows, start=1)
        )


def put_office(apps):
    """The person who stands for the machine, and the office's address block."""
    person = apps.get_model("core", "Person")
    person.objects.get_or_create(name=SYSTEM, is_system=True)
    block = apps.get_model("core", "OfficeBlock")
    for row in json.loads((FIXTURES / "office.json").read_text()):
        block.objects.get_or_create(language=row.pop("language"), from_on=BEGINNING, defaults=row)


def restore():
    """Everything above, for the processes that exist (tests only, as owner)."""
    put_office(registry)
    for process in processes.everything():
        put_edges(registry, process.machine)
        put_checklist(registry, process.slug)
        put_enclosures(registry, process.slug)
    for put in ALSO:
        put(registry)
