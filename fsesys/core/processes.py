"""The register of processes: what core and desk know of each without importing it.

Every process registers itself in its app's `AppConfig.ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from .machine import Machine

_processes: dict = {}


@dataclass(frozen=True)
class Process:
    """`facts(case, at)` loads what the rules read; `subject(case)` gives the record's queryset
    that a verb locks; `interests(case, at)` the ids of people who belong to the customer."""

    slug: str
    machine: Machine
    model: type
    facts: Callable
    subject: Callable
    interests: Callable
    reads: Callable | None = None  # (case) -> querysets of lower layers that a verb reads
    forms: dict = field(default_factory=dict)
    actions: dict = field(default_factory=dict)
    undoing: dict = field(default_factory=dict)  # verb -> (undone event, undoing event)
    prepared: Callable | None = None  # (person, held, today) -> ids of cases put before a person
    page: type | None = None  # its CasePage, where other code reads what it shows
    correctable: tuple = ()  # what the verb correct may put right (correcting.py)
    beside: Callable | None = None  # (case, proposal) -> rows a second person compares
    readers: frozenset | None = None  # roles that read its cases; None: all staff
    url: str = ""
    opens_on: str = ""  # the kind of record on whose page its first verbs are buttons
    columns: Callable | None = None  # (record) -> the columns of a case not yet opened


def register(process: Process):
    _processes[process.slug] = process


def get(slug: str) -> Process:
    return _processes[slug]


def everything() -> list:
    """All registered processes in the order of the seven."""
    return sorted(_processes.values(), key=lambda process: process.machine.number)
