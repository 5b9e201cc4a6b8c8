"""`manage.py diagrams`: drawn diagram and role table of each process in docs/processes/."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from fsesys.core import diagram, processes, roles
from fsesys.core.machine import NOTHING
from fsesys.desk import table

FOLDER = Path(__file__).resolve().parents[4] / "docs" / "processes"
INTRODUCTION = """# Process {number}: {label}

Made by `manage.py diagrams` from the process's `machine.py`; change that file, not this one.

![State diagram]({process}.svg)

## Which verb in which state, by whom
"""
OWN_CASES = "A verb marked * is for the case's own responsible person only."


class Command(BaseCommand):
    help = "Write the diagram (SVG) and the role table (Markdown) of every process."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 when a file differs"
        )

    def handle(self, *args, **options):
        wanted = pages()
        if not options["check"]:
            FOLDER.mkdir(parents=True, exist_ok=True)
            for name, text in wanted.items():
                (FOLDER / name).write_text(text, encoding="utf-8")
        wrong = differences(wanted)
        for sentence in wrong:
            self.stderr.write(sentence)
        if wrong:
            raise CommandError(f"{len(wrong)} files differ: run `manage.py diagrams`.")
        self.stdout.write(f"{len(wanted)} files are as the machines say.")


def pages() -> dict:
    """Every file's name and text, in English."""
    found = {}
    with translation.override("en"):
        for process in processes.everything():
            found[f"{process.slug}.svg"] = diagram.draw(process.machine) + "\n"
            found[f"{process.slug}.md"] = described(process.machine)
    return found


def differences(wanted) -> list:
    """A sentence on each file that is missing, old, or belongs to no process any more."""
    there = {path.name for path in FOLDER.glob("*")} if FOLDER.is_dir() else set()
    wrong = [f"docs/processes/{name} belongs to no process." for name in sorted(there - {*wanted})]
    for name, text in wanted.items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            wrong.append(f"docs/processes/{name} is not what the machine says.")
    return wrong


def described(machine) -> str:
    """The tables of one process as Markdown."""
    heading = INTRODUCTION.format(
        number=machine.number, label=machine.label, process=machine.process
    )
    rows = [
        ("–", move.label, listed(machine.state(slug).label for slug in move.targets),
         listed(roles.LABELS[role] for role in move.roles))
        for move in machine.moves if NOTHING in move.sources
    ]  # fmt: skip
    for row in table.states(machine):
        rows.append((row["state"], row["verb"], listed(row["to"]), listed(row["roles"])))
    may = table.permissions(machine)
    cells = []
    for row in may["rows"]:
        star = " *" if row["personal"] else ""
        cells.append((f"{row['verb']}{star}", *("x" if cell else "" for cell in row["cells"])))
    return "\n".join([
        heading, *markdown(("State", "Verb", "Leads to", "By"), rows),
        "\n## Which role may do what\n", *markdown(("Verb", *may["columns"]), cells),
        f"\n{OWN_CASES}\n",
    ])  # fmt: skip


def listed(labels) -> str:
    """Several labels in one cell."""
    return ", ".join(str(label) for label in labels)


def markdown(headings, rows) -> list:
    """The lines of a Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return ["| " + " | ".join(str(cell) for cell in line) + " |" for line in lines]
