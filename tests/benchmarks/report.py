"""What the bench prints: a table of times, a table of what pages ask of the database, the goals.

Belongs here: what is compared with what, and which ratio is a goal (issue 3, section 5).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .clocked import ratio


@dataclass(frozen=True)
class Goal:
    what: str
    row: str
    of: str
    to: str
    at_most: float


FIRST, SEARCHES = ("authorisations, first page", "institutions, first page"), (
    "search, few hits", "search, many hits", "search, no hit",
)  # fmt: skip
GOALS = (
    *(Goal(f"{row}: a third of the stock admin", row, "ours", "stock", 1 / 3) for row in FIRST),
    *(Goal(f"{row}: 2.5 times the floor", row, "ours", "floor", 2.5) for row in FIRST),
    *(Goal(f"{row}: a fifth of the stock admin", row, "ours", "stock", 0.2) for row in SEARCHES),
    Goal("decision: 3 times by hand", "decision", "ours", "by hand", 3),
    Goal("letter: 1.5 times warm WeasyPrint", "letter", "ours", "warm WeasyPrint", 1.5),
)
SAME = 1.25  # last page = first page: the last one reads the row that its address names, too
LISTS = ("authorisations", "institutions")


def times(races: dict) -> list[str]:
    """Median and p95 of everyone, in ms, and how many times ours takes of each other's."""
    lines = [
        "| row | who | median ms | p95 ms | ours / this |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for row, found in races.items():
        for who, taken in found.items():
            part = "" if who == "ours" else f"{ratio(found['ours'], taken):.2f}"
            lines.append(f"| {row} | {who} | {taken.median:.1f} | {taken.p95:.1f} | {part} |")
    return lines


def asked(costs: dict) -> list[str]:
    """Statements and buffers of each page: ours, stock, tuned."""
    lines = ["| page | statements: ours | stock | tuned | buffers: ours | stock | tuned |",
             "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]  # fmt: skip
    for row, found in costs.items():
        three = [found.get(who) for who in ("ours", "stock", "tuned")]
        counts = [str(page.count) if page else "" for page in three]
        touched = [str(page.buffers()) if page else "" for page in three]
        lines.append(f"| {row} | {' | '.join(counts + touched)} |")
    return lines


def goals(races: dict, drawn: int) -> list[str]:
    """Each goal with what was measured: met or not met."""
    lines = met(GOALS, races)
    for name in LISTS:
        found = races[f"{name}, both ends"]
        lines.append(told(f"{name}: last page = first page (within {SAME - 1:.0%})",
                          ratio(found["ours"], found["first page"]), SAME))  # fmt: skip
    lines.append(f"| letters drawn in the request that issues one: 0 | {drawn} |"
                 f" {'met' if drawn == 0 else 'NOT MET'} |")  # fmt: skip
    return lines


def met(goals, races) -> list[str]:
    """The head of a table of goals and those that are ratios of two contestants."""
    lines = ["| goal: at most | measured | |", "| --- | ---: | --- |"]
    for goal in goals:
        found = races[goal.row]
        lines.append(told(goal.what, ratio(found[goal.of], found[goal.to]), goal.at_most))
    return lines


def told(what, measured, at_most):
    return f"| {what} | {measured:.2f} | {'met' if measured <= at_most else 'NOT MET'} |"


def write(path, parts, rounds) -> None:
    """Put what was measured below the document's heading `Measured`, in place of what is there."""
    kept, heading, _old = path.read_text().partition("\n## Measured\n")
    if not heading:
        raise SystemExit(f"{path} has no heading Measured.")
    said = (
        f"Written by `make bench` on {dt.date.today()}, {rounds} rounds."  # of the bench, no fact
    )
    path.write_text(kept + heading + "\n" + "\n\n".join([said, *parts]) + "\n")
