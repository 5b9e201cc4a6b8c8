"""`manage.py access_register`: who had access to what on a day, from the rule, streamed."""

import csv
import json
from argparse import ArgumentTypeError
from datetime import date

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from fsesys.core import clock
from fsesys.core.forms import DayField
from fsesys.core.listexport import written
from institutions.records import Institution
from projects import register
from projects.records import Project
from researchers.records import Researcher


def day(words: str) -> date:
    """A day as 2026-03-03, of the years that the page takes."""
    try:
        return DayField().clean(words)
    except ValidationError as wrong:
        told = f"“{words}” is not a day from 1900 to 2200; write it as 2026-03-03."
        raise ArgumentTypeError(told) from wrong


class Command(BaseCommand):
    """Columns and keys are those of docs/contracts.md."""

    help = "Who has access to what, now or on a day, as known now or on another day."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=day, help="the day asked about; default: now")
        parser.add_argument("--known", type=day, help="as known on that day; default: now")
        parser.add_argument("--institution", type=int, help="authorisation number")
        parser.add_argument("--project", type=int, help="project number")
        parser.add_argument("--ident", help="ident of the person")
        parser.add_argument("--closed", action="store_true", help="closed accesses too, with why")
        parser.add_argument("--format", choices=["csv", "json"], default="csv")
        parser.add_argument("--language", choices=["en", "da"], default="en")

    def handle(self, *args, **options):
        with translation.override(options["language"]), clock.request_time():
            for told in map(register.ahead, (options["on"], options["known"])):
                if told:
                    raise CommandError(told)
            question = register.Question(options["on"], options["known"], scope(options))
            told = register.incomplete(question)
            if told:
                self.stderr.write(told)
            self.write(register.rows(question, closed=options["closed"]), options["format"])

    def write(self, rows, form):
        if form == "json":
            for row in rows:  # one object a line: it streams, and a part is still readable
                self.stdout.write(json.dumps(told(row), ensure_ascii=False))
            return
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(register.COLUMNS)
        for row in rows:
            writer.writerow([written(value) for value in row.cells.values()])


def told(row) -> dict:
    """The row as JSON: instants with their offset, reasons one by one."""
    cells = row.cells | {"open": row.open}
    for name in ("from", "to"):
        cells[name] = cells[name] and timezone.localtime(cells[name]).isoformat()
    cells["reasons"] = [
        {"code": one.code, "state": one.state, "words": one.words} for one in row.reasons
    ]
    return cells


def scope(options) -> tuple:
    """What is asked about as ids of the rule; raises CommandError where there is no such thing."""
    known = {
        "institution": (Institution, "authorisation_number", "authorisation number"),
        "project": (Project, "number", "project number"),
        "ident": (Researcher, "ident", "ident"),
    }  # fmt: skip
    found = []
    for name, (model, column, label) in known.items():
        value = options[name]
        if value is None:
            continue
        row = model.objects.filter(**{column: value.upper() if name == "ident" else value}).first()
        if row is None:
            raise CommandError(f"There is no {label} {value}.")
        found.append(("person", row.person_id) if name == "ident" else (name, row.pk))
    return tuple(found)
