"""The one door: the only code that saves the state of a case.

`perform()` locks, re-reads, asks every rule, runs the edge and writes the event, in one
transaction. `preview()` asks the same rules for the buttons. What a verb means beside the state
(letters, dated facts) is told by each process's actions.py around the call.
"""

import uuid
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from . import clock, parameters, processes, roles, rules, workdays
from .cases import Case, ProcessEvent
from .names import normalise
from .refusal import AlreadyDone, NotYours, Refused, Stale


@dataclass(frozen=True)
class Choice:
    """A verb as the page shows it: allowed, or blocked with its reasons in words."""

    move: object
    refusals: tuple
    primary: bool = False

    @property
    def allowed(self):
        return not self.refusals


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
):
    """Do `verb` on `case` and return its event (with the re-read case at `event.case`).

    by: User. key: the form's one-time UUID. seen: the revision the page showed, None in scripts.
    typed: what the rules of the process test. facts, basis: JSON kept with the event.
    changes: fields of the case's own row to set. to: the target where the verb has several.
    Raises AlreadyDone, NotYours, Stale or Refused; nothing is written then.
    """
    key = _uuid(key)
    with transaction.atomic():
        case = _locked(case)
        _refuse_repeat(key)
        at = _instant(case)
        move = _move(case, verb)
        view = _view(case, by, reason, at)
        if not (rules.permitted(move, view) or (move.job and by.person.is_system)):
            raise NotYours(_("Your roles do not include this: %(verb)s.") % {"verb": move.label})
        _refuse_stale(view, seen)
        _refuse(move, view, at, typed or {})
        before = _move_on(case, move, by, at, to, changes or {})
        return ProcessEvent.objects.create(
            case=case, revision=case.revision, verb=verb, from_state=before, to_state=case.state,
            at=at, by=by.person, role=_role(move, view), reason=reason, facts=facts or {},
            basis=basis or {}, quiet=move.quiet, key=key,
        )  # fmt: skip


def _move_on(case, move, by, at, to, changes):
    """Run the edge and save; returns the state that was left."""
    before = case.state
    if move.targets:
        getattr(case, move.verb)(to=to)
    _settle(case, before, at)
    for name, value in changes.items():
        setattr(case, name, value)
    case._history_user = by if by.pk else None
    case._change_reason = move.verb
    case.save()
    return before


def begin(
    model,
    *,
    by,
    verb,
    key,
    subject_key,
    subject_label,
    responsible,
    at,
    reason="",
    facts=None,
    **fields,
):
    """Open a case of `model` by the machine's first verb and return its event."""
    move, held = model.machine.move(verb), entitled(model, verb, by, at)
    case = model(
        number=_next_number(at), process=model.machine.process, subject_key=subject_key,
        subject_label=subject_label, responsible=responsible, state=move.targets[0],
        opened_at=at, state_since=at, revision=0, **fields,
    )  # fmt: skip
    _settle(case, "", at)
    case._history_user = by
    case._change_reason = verb
    case.save()
    return ProcessEvent.objects.create(
        case=case, revision=1, verb=verb, from_state="", to_state=case.state, at=at,
        by=by.person, role=",".join(sorted(held)), reason=reason,
        facts=facts or {}, key=_uuid(key),
    )  # fmt: skip


def entitled(model, verb, by, at) -> set:
    """The roles under which the account may do the first verb; raises NotYours for none."""
    move = model.machine.move(verb)
    found = set(move.roles) & (roles.held(by.person, at) if by.is_active else set())
    if not found:
        raise NotYours(_("Your roles do not include this: %(verb)s.") % {"verb": move.label})
    return found


def once(key):
    """Serialise acts with the same one-time key; raises AlreadyDone for the second."""
    key = _uuid(key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key.int & (2**63 - 1)])
    _refuse_repeat(key)
    return key


def hold(case):
    """The case locked and re-read, for an action that must read before it calls `perform`."""
    return _locked(case)


def preview(case, by, at=None) -> list:
    """Every verb of the case that this account's roles include, with its refusals."""
    at = at or clock.now()
    view = _view(case, by, None, at)
    process = processes.get(case.process)
    facts = process.facts(case, at)
    first = case.state_now.next_verb
    choices = []
    for move in case.machine.moves:
        if "" in move.sources or not rules.permitted(move, view):
            continue
        refusals = tuple(_sentences(move, view, facts, None))
        primary = move.verb == first and not refusals
        choices.append(Choice(move, refusals, primary))
    return choices


def _locked(case):
    process = processes.get(case.process)
    list(process.subject(case).select_for_update(no_key=True).values_list("pk"))
    Case.objects.select_for_update(no_key=True).values_list("pk").get(pk=case.pk)
    return type(case).objects.select_related("responsible", *case.related).get(pk=case.pk)


def _uuid(key):
    try:
        return uuid.UUID(str(key)) if key else uuid.uuid4()
    except ValueError:
        raise Refused([_("The form is damaged. Open the page again.")]) from None


def _refuse_repeat(key):
    event = ProcessEvent.objects.select_related("by", "case").filter(key=key).first()
    if event:
        raise AlreadyDone(event)


def _instant(case):
    return max([clock.read(), *(event.at for event in case.story[-1:])])


def _move(case, verb):
    move = case.machine.move(verb)
    if move is None or "" in move.sources:
        raise Refused([_("This process has no such step.")])
    return move


def _view(case, by, reason, at):
    doers, last = {}, None
    for event in case.story:
        doers[event.verb] = (event.by_id, event.by.name)
        last = last if event.quiet else event
    process = processes.get(case.process)
    return rules.View(
        case=case, person_id=by.person_id, roles=roles.held(by.person, at) if by.is_active else
        frozenset(), interests=process.interests(case, at), doers=doers, last=last, reason=reason,
    )  # fmt: skip


def _refuse_stale(view, seen):
    if seen is None or view.last is None or view.last.revision <= int(seen):
        return
    added = view.case.events.filter(revision__gt=seen, quiet=False).select_related("by")
    raise Stale([_("The case changed since you opened the page."), rules.told(view)], list(added))


def _refuse(move, view, at, typed):
    facts = processes.get(view.case.process).facts(view.case, at) if move.rules else None
    refusals = list(_sentences(move, view, facts, typed))
    if refusals:
        raise Refused(refusals)


def _sentences(move, view, facts, typed):
    """Generic rules, then the verb's own; those only where the edge exists at all."""
    found = False
    for rule in rules.EVERY:
        for sentence in rule(move, view):
            found = found or rule is rules.edge
            yield sentence
    if not found:
        for rule in move.rules:
            yield from rule(facts, typed)


def _settle(case, before, at):
    """Revision, whose turn, since when, due date and closing follow from the state."""
    case.revision += 1
    state = case.machine.state(case.state)
    case.turn = state.waits_for
    case.search = normalise(f"{case.number} {case.subject_label}")[:700]
    if before != case.state:
        case.state_since = at
        target = case.machine.target_days.get(case.state)
        days = parameters.parameters(clock.day_of(at))[target] if target else None
        case.due_on = workdays.after(clock.day_of(at), days) if days else None
    case.closed_at = (case.closed_at or at) if state.closed else None


def _role(move, view):
    return ",".join(sorted(set(move.roles) & view.roles)) or "system"


def _next_number(at):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('core_case_number')")
        return f"{clock.day_of(at):%Y}-{cursor.fetchone()[0]:06d}"
