"""The tables a lawyer can read, and how a test reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROLES = {
    "FSE responsible": "responsible",
    "FSE secretary": "secretary",
    "FSE officer": "officer",
    "head of FSE": "head",
    "chief statistician": "chief",
    "DST secretary": "dst-secretary",
    "auditor": "auditor",
    "administrator": "administrator",
    "data manager": "data-manager",
    "output checker": "checker",
    "finance": "finance",
}
FSE = {"responsible", "secretary", "officer", "head"}
GROUPS = {"FSE": FSE, "all staff": FSE | {"chief", "dst-secretary"},
          "anybody": set(ROLES.values()) - {"auditor", "administrator"}}  # fmt: skip
OWN = " (own case)"
NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.txt"))


@dataclass(frozen=True)
class Matrix:
    """`cells`: {(state, verb): (targets, roles)}. `own`: verbs of the case's own responsible."""

    open: frozenset
    closed: frozenset
    cells: dict
    own: frozenset
    apart: dict  # verb -> verbs whose doer may not do it
    reasoned: frozenset

    @property
    def edges(self):
        """Every (from, to, verb) that moves a case; staying where it is counts when said."""
        return {
            (state, to, verb) for (state, verb), (tos, _roles) in self.cells.items() for to in tos
        }

    @property
    def states(self):
        return self.open | self.closed

    @property
    def verbs(self):
        return {verb for _state, verb in self.cells}

    def roles(self, verb, state=None):
        """Who may do the verb, in that state or in any."""
        return frozenset().union(*(
            roles for (where, v), (_tos, roles) in self.cells.items()
            if v == verb and state in (None, where)
        ))  # fmt: skip


def slug(words: str) -> str:
    return "" if words == "-" else words.strip().replace(" ", "_")


def read(process: str) -> Matrix:
    """The table of a process from its text file."""
    text = (Path(__file__).parent / f"{process}.txt").read_text(encoding="utf-8")
    opened, closed = _list(text, "OPEN STATES:"), _list(text, "CLOSED STATES:")
    head, tail = text.split("NEVER THE SAME PERSON")
    cells, own = {}, set()
    for words, verb, to, who in _rows(head, "STATE"):
        names = who.removesuffix(OWN)
        roles = set().union(*(
            GROUPS.get(name) or {ROLES[name]} for name in map(str.strip, names.split(","))
        ))  # fmt: skip
        if who.endswith(OWN):
            own.add(slug(verb))
        groups = {"every state": opened | closed, "every open state": opened}
        for state in groups.get(words, {slug(words)}):
            tos, known = cells.get((state, slug(verb)), (frozenset(), frozenset(roles)))
            assert known == roles, (state, verb)
            cells[state, slug(verb)] = (tos | ({slug(to)} - {""}), frozenset(roles))
    apart = {
        slug(verb): {slug(other.strip()) for other in others.split(",")}
        for verb, others in _rows(tail, "VERB")
    }
    reasoned = _list(text, "A REASON MUST BE GIVEN:")
    return Matrix(opened, closed, cells, frozenset(own), apart, reasoned)


def _rows(text, first):
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 1 and cells[0] != first and not cells[0].startswith("--"):
            yield cells


def _list(text, title):
    paragraph = text.split(title, 1)[1].split("\n\n", 1)[0]
    return frozenset(slug(w.strip()) for w in paragraph.replace("\n", " ").split(",")) - {""}
