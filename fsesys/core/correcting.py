"""Correcting a fact: old and new shown with what rested on the old one, two people where it counts.

A process names in `Process.correctable` what can be corrected and which of its verbs rest on it.
A letter with the old value is replaced by a new number that names the old; nothing is rewritten.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from . import asking, clock, closing, outdated, processes
from .door import hold, perform
from .refusal import Refused
from .wording import words


@dataclass(frozen=True)
class Correctable:
    """One fact of a case. `read(case)` gives its value; `field()` the form field for a new one.

    column: the case's own column, set with the event to the value, or to keep(value).
    also(case, value): other columns that change with it, as a dict. write(event, value): what else holds the value.
    rests: verbs that used it, on this case or on one of others(case); once one of them stands, a
    second person must confirm. check(case, value): sentences against the value.
    say(value): the value in words. says: keys of letters that hold it, "template.key" or "key"; a
    day, a number, a choice or a short word that stands elsewhere in a letter says something else.
    None: no letter says it at all.
    reaches(case): the mail address that follows from it; letters sent there are sent anew.
    here(case): whether there is such a fact at all now.
    """

    slug: str
    label: str
    read: Callable
    field: Callable
    rests: tuple = ()
    column: str = ""
    also: Callable = field(default=lambda case, value: {})
    others: Callable = field(default=lambda case: ())
    says: tuple | None = ()
    keep: Callable = field(default=lambda value: value)
    write: Callable | None = None
    say: Callable = field(default=lambda value: words(value))
    check: Callable = field(default=lambda case, value: ())
    reaches: Callable = field(default=lambda case: "")
    here: Callable = field(default=lambda case: True)


def column(slug, label, field, rests=(), **kwargs) -> Correctable:
    """A fact that is a column of the case."""
    return Correctable(slug, label, lambda case: getattr(case, slug), field, rests=rests,
                       column=slug, **kwargs)  # fmt: skip


def not_ahead(case, value):
    if value > clock.today():
        yield _("The day can not lie after today.")


def known(case) -> dict:
    """What can be corrected on the case as it stands."""
    return {c.slug: c for c in processes.get(case.process).correctable if c.here(case)}


def one(case, slug) -> Correctable:
    """Raises Refused where there is nothing of that name to correct."""
    found = find(case, slug)
    if found is None:
        raise Refused([_("Choose what to correct.")])
    return found


def find(case, slug):
    """What can be corrected under that name now, or None; the others are not asked."""
    named = (one for one in processes.get(case.process).correctable if one.slug == slug)
    return next((one for one in named if one.here(case)), None)


def own(fact, case) -> bool:
    """Was this dated fact last changed by an act of the case? What another case did is corrected
    there."""
    return fact.event is None or fact.event.case_id == case.pk


def decisions(case, fact) -> list:
    """The events that still stand and rested on the fact."""
    stories = [case.story, *(other.story for other in fact.others(case))]
    return [event for story in stories for event in asking.standing(story)
            if event.verb in fact.rests]  # fmt: skip


@transaction.atomic
def correct(case, *, by, what, value, reason, again=(), **door):
    """A fact was corrected; letters that held the old value were replaced where asked.

    again: numbers of the letters to replace. Raises NeedsSecond where a decision rested on it.
    """
    case = hold(case)
    fact = one(case, what)
    old, rested = fact.read(case), decisions(case, fact)
    found = [row for row in outdated.letters(case, fact) if row.number in again]
    lost = [row.key for row in closes(case, fact, value)]
    event = perform(
        case, "correct", by=by, reason=reason,
        typed={"old": old, "new": value, "rested": [row.pk for row in rested],
               "wrong": list(fact.check(case, value))},
        facts={"what": what, "rested": [row.pk for row in rested],
               "letters": [row.number for row in found], "dependants": lost},
        changes=fact.also(case, value) | ({fact.column: fact.keep(value)} if fact.column else {}),
        **door,
    )  # fmt: skip
    if fact.write:
        _put_right(fact, event, value)
    for row in found:
        outdated.again(event, row, fact, old, value)
    return event


def _put_right(fact, event, value):
    try:
        with transaction.atomic():
            fact.write(event, value)
    except IntegrityError as error:
        raise Refused([_("Another fact on record holds in that time. Put that one right first.")]) from (
            error
        )  # fmt: skip


def closes(case, fact, value) -> list:
    """What is open now and would not be with the new value, as Dependants."""
    if fact.write is None or value in (None, "") or list(fact.check(case, value)):
        return []
    return closing.by(case, lambda event: fact.write(event, value))


def beside(case, what, value) -> list:
    """Rows for the page: old, new, and what rested on the old value."""
    fact = one(case, what)
    rested = [f"{case.machine.move(event.verb).label}, {event.by.name}"
              for event in decisions(case, fact)]  # fmt: skip
    held = [str(row) for row in outdated.letters(case, fact)]
    signed, inside = (
        [str(row) for row in outdated.stay(case, fact, signed)] for signed in (True, False)
    )
    lost = [row.label for row in closes(case, fact, value)]
    nothing, told = _("nothing"), _("Letters that say it")
    if fact.reaches(case):
        told = _("Letters that say it or went there")
    return [
        {"label": _("Correct"), "value": str(fact.label)},
        {"label": _("As it is"), "value": fact.say(fact.read(case))},
        *(
            [{"label": _("As it will be"), "value": fact.say(value)}]
            if value not in (None, "")
            else []
        ),
        {"label": _("Decisions that rested on it"), "value": "\n".join(rested) or nothing},
        {"label": told, "value": "\n".join(held) or nothing},
        *([{"label": _("Not sent, stays as it is"), "value": "\n".join(inside)}] if inside else []),
        *([{"label": _("Signed, stays as it is"), "value": "\n".join(signed)}] if signed else []),
        *([{"label": _("Accesses that close by it"), "value": "\n".join(lost)}] if lost else []),
    ]


def differs(facts, typed):
    if typed is not None and words(typed["old"]).strip() == words(typed["new"]).strip():
        yield _("This is what it says already. Write the right value.")
    if typed is not None:
        yield from typed["wrong"]


def rested(facts, typed) -> bool:
    """For `Move.two`: a fact on which a decision rested is corrected by two people."""
    return bool(typed) and bool(typed["rested"])
