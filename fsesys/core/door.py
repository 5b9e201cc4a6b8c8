"""The one door: the only code that saves the state of a case.

`perform()` locks, re-reads, asks every rule, runs the edge and writes the event, in one
transaction. `asking.preview()` asks the same rules for the buttons. What a verb means beside the state
(letters, dated facts) is told by each process's actions.py around the call.
"""

from functools import cache

from django.db import connection, transaction
from django.utils.translation import gettext as _

from . import clock, cpr, keeping, parameters, processes, roles, rules, workdays, written
from .asking import second_case, sentences, unborn, view_of
from .cases import Case, ProcessEvent
from .locks import lock_subject
from .names import normalise
from .onetime import once, refuse_repeat, uuid_of
from .refusal import NeedsSecond, NotYours, Refused, Stale


def perform(
    case,
    verb,
    *,
    by,
    key=None,
    seen=None,
    reason="",
    to=None,
    typed=None,
    facts=None,
    basis=None,
    changes=None,
    proposal=None,
    undoes=None,
):
    """Do `verb` on `case` and return its event (with the re-read case at `event.case`).

    by: User. key: the form's one-time UUID. seen: the revision the page showed, None in scripts.
    typed: what the rules of the process test. facts, basis: JSON kept with the event.
    changes: fields of the case's own row to set. to: the target where the verb has several.
    proposal: the pending decision that this confirms. undoes: the event that an undo takes away.
    Raises AlreadyDone, NotYours, Stale, Refused or NeedsSecond; nothing is written then.
    """
    key = uuid_of(key)
    with transaction.atomic():
        case = hold(case)
        refuse_repeat(key)
        at = _instant(case)
        move = _move(case, verb)
        view = permitted(move, view_of(case, by, reason, at, proposal))
        _refuse_stale(view, seen)
        _refuse(move, view, typed or {})
        before = _move_on(case, move, by, at, _target(undoes) or to, changes or {})
        return _write(view, move, key, before, reason=reason, facts=facts or {},
                      basis=basis or {}, undoes=undoes)  # fmt: skip


def permitted(move, view):
    """The view in the seat that the verb is done in; raises NotYours where there is none."""
    view = view.seated(move)
    if view.seat is None and not (move.job and view.person.is_system):
        raise NotYours(_("Your roles do not include this: %(verb)s.") % {"verb": move.label})
    return view


def _write(view, move, key, before, **rest):
    """The event of what was just done."""
    event = event_of(view, move, key, before, **rest)
    event.save(force_insert=True)
    return event


def event_of(view, move, key, before, **rest):
    """The event of what was just done, not yet saved."""
    case, person = view.case, view.person
    held = view.seats.get(view.seat, frozenset())
    return ProcessEvent(
        case=case, revision=case.revision, verb=move.verb, from_state=before, to_state=case.state,
        at=view.at, by=person, role=",".join(sorted(view.allowed(move) & held)) or "system",
        on_behalf_of_id=view.seat if view.seat not in (None, person.pk) else None, key=key,
        proposed_by=view.proposal.event.by if view.proposal else None, quiet=move.quiet, **rest,
    )  # fmt: skip


def _target(undoes):
    return undoes and (undoes.from_state or "withdrawn")


def _move_on(case, move, by, at, to, changes):
    """Run the edge and save; returns the state that was left."""
    before = case.state
    if move.targets:
        getattr(case, move.verb)(to=to)
        if (before, case.state, move.verb) not in case.machine.edges():
            raise Refused([_("This step does not lead there.")])
    elif to:  # an undo: the database accepts the reversed edge for its event only
        case.state = to
    _settle(case, before, at)
    for name, value in changes.items():
        setattr(case, name, value)
    case.search = _found_by(case)
    _save(case, by, move.verb)
    return before


def _save(case, by, why):
    case._history_user = by if by.pk else None
    case._change_reason = why
    case.save()


def begin(
    model,
    *,
    by,
    verb,
    key=None,
    subject_key,
    subject_label,
    responsible,
    at=None,
    to=None,
    reason="",
    typed=None,
    facts=None,
    basis=None,
    **fields,
):
    """Open a case of `model` by the machine's first verb and return its event.

    fields: the case's own columns. The subject is locked and the rules of the verb are asked as
    in `perform`; a verb that leads to a closed state opens and closes the case in one.
    Raises AlreadyDone, NotYours or Refused; nothing is written then.
    """
    move = model.machine.move(verb)
    with transaction.atomic():
        key = once(key)
        case = unborn(
            model, subject_key=subject_key, subject_label=subject_label[:300],
            responsible=responsible, **fields,
        )  # fmt: skip
        lock_subject(case)
        at = at or clock.read()
        view = permitted(move, view_of(case, by, reason, at))
        _refuse(move, view, typed or {})
        open_case(case, to or move.targets[0], next_numbers(1, at)[0], at)
        case.due_on = fields.get("due_on") or case.due_on
        _save(case, by, verb)
        return _write(view, move, key, "", reason=reason, facts=facts or {}, basis=basis or {})


def open_case(case, state, number, at):
    """The first state, number and instant of a case that is about to be saved."""
    case.number, case.opened_at, case.state = number, at, state
    _settle(case, "", at)


def entitled(model, verb, by, at) -> set:
    """The roles under which the account may do the first verb; raises NotYours for none."""
    move = model.machine.move(verb)
    found = set(move.roles) & (roles.held(by.person, at) if by.is_active else set())
    if not found:
        raise NotYours(_("Your roles do not include this: %(verb)s.") % {"verb": move.label})
    return found


def hold(case):
    """The case locked (its subject first) and re-read; also for an action that must read
    before it calls `perform`."""
    lock_subject(case)
    Case.objects.select_for_update(no_key=True).values_list("pk").get(pk=case.pk)
    return written.one(_whole(type(case)), pk=case.pk)


@cache
def _whole(model):
    """The question for one case of the model with what its verbs read, the same one every time."""
    rows = model.objects.select_related("responsible", *model.related)
    return lambda pk: rows.filter(pk=pk)


def _instant(case):
    return max([clock.read(), *(event.at for event in case.story[-1:])])


def _move(case, verb):
    move = case.machine.move(verb)
    if move is None or "" in move.sources:
        raise Refused([_("This process has no such step.")])
    return move


def _refuse_stale(view, seen):
    if seen is None or view.last is None or view.last.revision <= int(seen):
        return
    added = view.case.events.filter(revision__gt=seen, quiet=False).select_related("by")
    raise Stale([_("The case changed since you opened the page."), rules.told(view)], list(added))


def _refuse(move, view, typed):
    process = processes.get(view.case.process)
    facts = process.facts(view.case, view.at) if move.rules or move.two else None
    refusals = [*sentences(move, view, facts, typed), *cpr.sentences(view.reason, typed)]
    if view.case.pk is None:
        refusals += second_case(view.case)
    if refusals:
        raise Refused(refusals)
    second = move.two(facts, typed) if move.two and view.proposal is None else False
    if second:
        raise NeedsSecond(move, () if second is True else second)


def _settle(case, before, at):
    """Revision, whose turn, since when, due date and closing follow from the state."""
    case.revision += 1
    state = case.machine.state(case.state)
    case.turn = state.waits_for
    case.search = _found_by(case)
    if before != case.state:
        case.state_since = at
        target = case.machine.target_days.get(case.state)
        days = parameters.parameters(clock.day_of(at))[target] if target else None
        case.due_on = workdays.after(clock.day_of(at), days) if days else None
    if case.closed_at and not state.closed:  # opened again: perhaps years after
        case.responsible = keeping.after_closing(case, at)
    case.closed_at = (case.closed_at or at) if state.closed else None


def _found_by(case):
    return normalise(f"{case.number} {case.subject_label}")[:700]


def next_numbers(count, at) -> list:
    """So many new case numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('core_case_number') FROM generate_series(1, %s)", [count])
        return [f"{clock.day_of(at):%Y}-{number:06d}" for (number,) in cursor.fetchall()]
