"""What a process is made of: states, moves, and the machine that holds them.

Each process writes one `machine.py` with these; the edge table, the FSM methods, the buttons,
the diagrams and the role tables are all made from it. No queries and no I/O here.
"""

from dataclasses import dataclass, field
from itertools import product

from django_fsm import RETURN_VALUE, transition

NOTHING = ""  # the state before the first verb
ANY = "*"


@dataclass(frozen=True)
class State:
    """Who acts in the state (`waits_for`, a role slug or 'applicant') and what follows."""

    slug: str
    label: str
    waits_for: str = ""
    kind: str = "open"  # open | waiting | good | bad | closed
    closed: bool = False
    next_verb: str = ""  # the one primary button
    x: int = 0  # place in the drawn diagram
    y: int = 0


@dataclass(frozen=True)
class Move:
    """One verb: from which states to which, by whom, and under which rules.

    `rules` are functions of (facts, typed) that yield sentences. `personal` says that only the
    case's responsible person may do it. `differs_from` names verbs whose doer may not do this one.
    """

    verb: str
    label: str
    sources: tuple
    targets: tuple  # empty: the state does not move
    roles: tuple
    rules: tuple = ()
    personal: bool = False
    quiet: bool = False
    needs_reason: bool = False
    decides: bool = False
    danger: bool = False
    differs_from: tuple = ()
    effects: tuple = ()
    letters: tuple = ()
    done: str = ""  # what the timeline says happened
    job: bool = False
    pairs: tuple = ()  # (from, to), where not every source leads to every target
    roles_in: dict = field(default_factory=dict)  # state -> roles, where they differ by state
    own_last: bool = False  # only who did the step before
    two: object = None  # (facts, typed) -> whether a second person must confirm, or in which roles
    confirmers: tuple = ()  # the roles of the second person; empty: the same roles
    unlisted: bool = False  # not a button: reached from elsewhere
    founds: bool = False  # later cases of the record rest on it: no undo while one is open


@dataclass(frozen=True)
class Step:
    """One step of the stepper: done once one of `verbs` happened."""

    number: int
    label: str
    verbs: tuple
    states: tuple


@dataclass(frozen=True)
class Machine:
    process: str
    label: str
    label_one: str
    number: int
    states: tuple
    moves: tuple
    steps: tuple = ()
    target_days: dict = field(default_factory=dict)  # state -> parameter with working days
    keeper: str = "responsible"  # the role whose people have the cases
    imported: Move | None = None  # how a case comes in that was decided before this system

    def state(self, slug: str) -> State:
        return next(state for state in self.states if state.slug == slug)

    def has(self, slug: str) -> bool:
        return any(state.slug == slug for state in self.states)

    def move(self, verb: str) -> Move | None:
        known = (*self.moves, *filter(None, [self.imported]))
        return next((move for move in known if move.verb == verb), None)

    @property
    def open_states(self) -> tuple:
        return tuple(state.slug for state in self.states if not state.closed)

    def sources(self, move: Move) -> tuple:
        """The states in which the verb is found; ANY means every state of the process."""
        if ANY in move.sources:
            return tuple(state.slug for state in self.states)
        return move.sources

    def edges(self) -> list:
        """Every (from, to, verb) that moves the state: the rows of the edge table."""
        return sorted(
            (source, target, move.verb)
            for move in self.moves
            for source, target in move.pairs or product(move.sources, move.targets)
        )


def always(facts, typed) -> bool:
    """For `Move.two`: a second person confirms every time."""
    return True


def back(verb, label, pairs, roles, **kwargs) -> Move:
    """A move whose every source leads to a target of its own. pairs: (from, to)."""
    sources = tuple(dict.fromkeys(source for source, _target in pairs))
    targets = tuple(dict.fromkeys(target for _source, target in pairs))
    return Move(verb, label, sources, targets, roles, pairs=tuple(pairs), **kwargs)


def fsm_methods(machine: Machine) -> dict:
    """django_fsm transition methods, one per moving verb, named as the verb."""
    methods = {}
    for move in machine.moves:
        sources = [source for source in move.sources if source != NOTHING]
        if not move.targets or not sources:
            continue
        single = len(move.targets) == 1
        target = move.targets[0] if single else RETURN_VALUE(*move.targets)
        methods[move.verb] = transition(field="state", source=sources, target=target)(
            _body(move.verb)
        )
    return methods


def _body(verb):
    def go(self, to=None):
        return to

    go.__name__ = go.__qualname__ = verb
    return go
