"""Rules that every process has: edge, who, own interest, four eyes, reason.

Functions of (move, view) that yield sentences; `view` is what the door loaded. The rules of one
process stand in that process's rules.py.
"""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from . import clock, facts, processes, roles
from .cases import Case
from .names import visible
from .parameters import parameters
from .people import humans
from .wording import when


@dataclass(frozen=True)
class View:
    """What the generic rules read: the case as locked, who asks, and what happened before.

    seats: {person id: roles}: the asker's own seat first, then those of people for whom the asker
    stands in today. seat: the one of them in which the verb is done.
    """

    case: object
    at: object
    person: object
    seats: dict
    interests: frozenset
    doers: dict  # verb -> the last event of that verb
    standing: tuple  # moving events that were neither undone nor taken back
    last: object  # the last event that was not quiet
    reason: str | None  # None while only previewing
    proposal: object = None
    seat: int | None = None

    def seated(self, move):
        """The same, in the first seat whose roles include the move (own case before others)."""
        fit = [seat for seat, held in self.seats.items() if held & self.allowed(move)]
        mine = [seat for seat in fit if seat == self.case.responsible_id] if move.personal else []
        return replace(self, seat=(mine or fit or [None])[0])

    def allowed(self, move) -> set:
        if self.proposal:
            return self.proposal.confirmers(move, self.case.state)
        return set(move.roles_in.get(self.case.state, move.roles))

    @property
    def roles(self) -> frozenset:
        return frozenset().union(*self.seats.values())

    @property
    def people(self) -> set:
        """Who acts: the person, for whom, and who proposed it, each under every record."""
        own = {*self.person.human()}
        proposed = _people(self.proposal.event) if self.proposal else set()
        others = frozenset({self.seat or self.person.pk, *proposed} - own)
        if others:
            own |= clock.kept(("humans", others, self.at), lambda: humans(others))
        return own


def _people(event) -> set:
    return {event.by_id, event.on_behalf_of_id, event.proposed_by_id} - {None}


def permitted(move, view) -> bool:
    """May this account ever do it: a role the move names, held today."""
    return bool(view.allowed(move) & view.roles)


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
    return f"{_done(view, view.last)}."


def own_interest(move, view):
    if move.decides and view.people & view.interests:
        yield _("You belong to this institution yourself; a colleague must do this.")


def personal(move, view):
    if move.personal and not view.proposal and view.seat != view.case.responsible_id:
        yield _(
            "%(person)s is responsible for this case. Assign the case to yourself first,"
            " or let %(person)s do it."
        ) % {"person": view.case.responsible.name}


def four_eyes(move, view):
    """Persons are compared, not accounts or seats: a stand-in counts as both people."""
    for verb in move.differs_from:
        doer = view.doers.get(verb)
        if doer and _people(doer) & view.people:
            earlier = view.case.machine.move(verb).label
            if view.person.pk in _people(doer):
                words = _("You did “%(verb)s” on this case yourself; another person must do this.")
            else:
                words = _("%(person)s did “%(verb)s” on this case; nobody may do both, and not"
                          " through a stand-in either.")  # fmt: skip
            yield words % {"verb": earlier, "person": doer.by.name}


def another(move, view):
    """A proposal is confirmed by somebody else than who made it (design.md section 2)."""
    mine = {*view.person.human(), view.seat}
    if view.proposal and mine & _people(view.proposal.event):
        yield _("You proposed this yourself; another person must confirm it.")


def proposed_still(move, view):
    """Every rule is asked anew of both: who proposed it may still act in that role."""
    if not view.proposal:
        return
    by, allowed = view.proposal.account, move.roles_in.get(view.case.state, move.roles)
    if not (by.is_active and set(allowed) & roles.held(by.person, view.at)):
        yield _("%(person)s, who proposed this, does not hold the role for it any more. Decline it,"
                " and let somebody propose it anew.") % {"person": by.person.name}  # fmt: skip


def own_last(move, view):
    """Only who did the last step takes it back, and only before the next one."""
    if not move.own_last or not view.standing:
        return
    last = view.standing[-1]
    if view.person.pk not in _people(last):
        yield _("%(verb)s. Only the same person takes it back.") % {"verb": _done(view, last)}


def _done(view, event):
    move = view.case.machine.move(event.verb)
    return _("“%(verb)s” was done by %(person)s on %(when)s") % {
        "verb": move.label if move else event.verb, "person": event.by.name,
        "when": when(event.at),
    }  # fmt: skip


def undoable(move, view):
    """design.md section 2: the same person, before the letter left, if nobody acted since."""
    if move.verb != "undo":
        return
    last = view.last
    if last is None or last.verb in NEVER_UNDONE:
        yield _("There is nothing here to undo.")
    elif last.proposed_by_id:
        yield _("Two people decided this; it is corrected by two people, not undone by one.")
    elif view.person.pk != last.by_id:
        yield _("%(verb)s. Only the same person can undo it.") % {"verb": _done(view, last)}
    else:
        yield from _too_late(view, last)


def _left(view, event):
    return view.case.notices.filter(event=event, sent_at__isnull=False).exists()


def _too_late(view, last):
    minutes = parameters(clock.day_of(last.at))["letter_wait_minutes"]
    until = last.at + dt.timedelta(minutes=minutes)
    if view.at >= until or _left(view, last):
        yield _instead(view.case) % {"when": when(until)}
    elif not last.from_state and not view.case.machine.has("withdrawn"):
        yield _("The first step of this case can not be undone.")
    else:
        yield from _acted_since(view, last)
        if last.from_state and view.case.closed_at:
            yield from _open_elsewhere(view.case)


def correctable(move, view):
    found = processes.get(view.case.process).correctable if move.verb == "correct" else ()
    if found and not any(fact.here(view.case) for fact in found):
        yield _("There is nothing on this case to correct. A new step puts it right.")


def _instead(case):
    """What can be done where an undo comes too late."""
    back = any(m.own_last and case.state in case.machine.sources(m) for m in case.machine.moves)
    if case.machine.move("correct"):
        if back:
            return _("It was possible until %(when)s, while letters waited. Correct it, or take it"
                     " back.")  # fmt: skip
        return _("It was possible until %(when)s, while letters waited. Correct what is wrong.")
    return _("It was possible until %(when)s, while letters waited. A new step puts it right.")


def _acted_since(view, last):
    """What the step wrote is as it left it, and nothing that was begun on it is open."""
    number = facts.replaced_by(last)
    if number:
        yield _("Case %(number)s has ended or replaced since what this step wrote: it can not be"
                " undone any more. Put right by a new step what is wrong.") % {"number": number}  # fmt: skip
    move, case = view.case.machine.move(last.verb), view.case
    if move and move.founds:
        rows = Case.objects.filter(subject_key=case.subject_key, closed_at=None)
        later = rows.filter(opened_at__gte=last.at).exclude(pk=case.pk).order_by("pk")
        for number in later.values_list("number", flat=True)[:20]:
            yield _("Case %(number)s was opened since and rests on this step. Close it first.") % {
                "number": number
            }


def _open_elsewhere(case):
    """An undo that opens the case again would make a second open one of its kind."""
    same = type(case).objects.filter(subject_key=case.subject_key, closed_at=None)
    number = same.values_list("number", flat=True).first()
    if number:
        yield _("Case %(number)s of this kind was opened since; go on there.") % {"number": number}


def reasoned(move, view):
    if move.needs_reason and view.reason is not None and not visible(view.reason).strip():
        yield _("Give a reason: it is shown on the case and in the letter.")


NEVER_UNDONE = ("undo", "propose", "decline", "correct", "file_document", "import")
EVERY = (edge, own_interest, personal, four_eyes, another, proposed_still, own_last, undoable,
         correctable, reasoned)  # fmt: skip


def signed_elsewhere(facts, typed) -> bool:
    """For `Move.two`: this road of a signature needs a second person (design.md section 6)."""
    return bool(typed) and typed.get("road") == "elsewhere"
