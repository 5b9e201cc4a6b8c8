"""Rules that every process has: edge, who, own interest, four eyes, reason.

Functions of (move, view) that yield sentences; `view` is what the door loaded. The rules of one
process stand in that process's rules.py.
"""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import clock


@dataclass(frozen=True)
class View:
    """What the generic rules read: the case as locked, who asks, and what happened last."""

    case: object
    person_id: int
    roles: frozenset
    interests: frozenset
    doers: dict  # verb -> (person id, name) of the last who did it
    last: object  # the last event that was not quiet
    reason: str | None  # None while only previewing


def when(at) -> str:
    """An instant as staff read it."""
    return date_format(at.astimezone(clock.COPENHAGEN), "j. F Y H:i")


def permitted(move, view) -> bool:
    """May this account ever do it: a role the move names, held today."""
    return bool(set(move.roles) & view.roles)


def edge(move, view):
    machine = view.case.machine
    if view.case.state in machine.sources(move):
        return
    state = machine.state(view.case.state).label
    yield _("The case is now “%(state)s”: “%(verb)s” is not possible in that state.") % {
        "state": state,
        "verb": move.label,
    }
    if view.reason is not None and view.last is not None:
        yield told(view)


def told(view):
    """Who did what last, for the one who came second."""
    done = view.case.machine.move(view.last.verb)
    return _("“%(verb)s” was done by %(person)s on %(when)s.") % {
        "verb": done.label if done else view.last.verb,
        "person": view.last.by.name,
        "when": when(view.last.at),
    }


def own_interest(move, view):
    if move.decides and view.person_id in view.interests:
        yield _("You belong to this institution yourself; a colleague must do this.")


def personal(move, view):
    if move.personal and view.case.responsible_id != view.person_id:
        yield _(
            "%(person)s is responsible for this case. Assign the case to yourself first,"
            " or let %(person)s do it."
        ) % {"person": view.case.responsible.name}


def four_eyes(move, view):
    for verb in move.differs_from:
        doer = view.doers.get(verb)
        if doer and doer[0] == view.person_id:
            earlier = view.case.machine.move(verb).label
            yield _("You did “%(verb)s” on this case yourself; another person must do this.") % {
                "verb": earlier
            }


def reasoned(move, view):
    if move.needs_reason and view.reason is not None and not view.reason.strip():
        yield _("Give a reason: it is shown on the case and in the letter.")


EVERY = (edge, own_interest, personal, four_eyes, reasoned)
