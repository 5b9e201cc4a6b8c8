"""What the door asks before it opens: who acts in which seat, what happened, every refusal.

`preview()` asks the same for the buttons, so a page and the door cannot disagree. Nothing is
written here.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import clock, processes, roles, rules
from .cases import Case
from .rules import View


@dataclass(frozen=True)
class Choice:
    """A verb as the page shows it: allowed, or blocked with its reasons in words."""

    move: object
    refusals: tuple
    primary: bool = False

    @property
    def allowed(self):
        return not self.refusals


def view_of(case, by, reason, at, proposal=None) -> View:
    """Everything the generic rules read of the case and of who asks."""
    process = processes.get(case.process)
    story = case.story
    doers = {event.verb: event for event in story}
    return View(
        case=case, at=at, person=by.person, seats=roles.seats(by.person, at) if by.is_active else {},
        interests=process.interests(case, at), doers=doers, standing=standing(story),
        last=next((event for event in reversed(story) if not event.quiet), None),
        reason=reason, proposal=proposal,
    )  # fmt: skip


def standing(story) -> tuple:
    """The moving events that still stand: an undo or a taking back removes the one before."""
    done, left = [], []
    for event in story:
        if event.verb == "undo":
            done = done[:-1]
        elif not event.quiet:
            done.append(event)
    for event in done:
        if event.verb == "take_back":
            left = left[:-1]
        elif event.from_state != event.to_state or event.verb == "answer":
            left.append(event)
    return tuple(left)


def preview(case, by, at=None) -> list:
    """Every verb of the case that this account's roles include, with its refusals."""
    at = at or clock.now()
    view = view_of(case, by, None, at)
    facts = processes.get(case.process).facts(case, at)
    first = case.state_now.next_verb
    choices = []
    for move in case.machine.moves:
        if "" in move.sources or move.unlisted or not rules.permitted(move, view):
            continue
        refusals = tuple(sentences(move, view.seated(move), facts, None))
        primary = move.verb == first and not refusals
        choices.append(Choice(move, refusals, primary))
    return choices


def openings(slug, by, *, subject_key, subject_label, known=None, **fields) -> list:
    """The first verbs of a process that this account's roles include, for one record.

    known: {process: number} of the record's open cases, where the page has read them for all.
    """
    process, at = processes.get(slug), clock.now()
    case = unborn(process.model, subject_key=subject_key, subject_label=subject_label, **fields)
    view = view_of(case, by, None, at)
    moves = [m for m in process.machine.moves if "" in m.sources and rules.permitted(m, view)]
    if not moves:
        return []
    facts, second = process.facts(case, at), list(second_case(case, known))
    return [
        Choice(move, (*sentences(move, view.seated(move), facts, None), *second)) for move in moves
    ]


def unborn(model, **fields):
    """A case to which nothing has happened yet, not saved."""
    case = model(process=model.machine.process, state="", revision=0, **fields)
    case.__dict__ |= {"story": [], "asked": []}
    return case


def open_cases(subject_key) -> dict:
    """{process: number} of the open cases about a record."""
    rows = Case.objects.filter(subject_key=subject_key, closed_at=None)
    return dict(rows.values_list("process", "number"))


def second_case(case, known=None):
    """One open case per process and subject (the database refuses a second)."""
    number = (open_cases(case.subject_key) if known is None else known).get(case.process)
    if number:
        yield _("Case %(number)s of this kind is still open for %(subject)s.") % {
            "number": number, "subject": case.subject_label,
        }  # fmt: skip


def sentences(move, view, facts, typed):
    """Generic rules, then the verb's own; those only where the edge exists at all."""
    found = False
    for rule in rules.EVERY:
        for sentence in rule(move, view):
            found = found or rule is rules.edge
            yield sentence
    if not found:
        for rule in move.rules:
            yield from rule(facts, typed)
