"""Correcting a fact: old and new shown with what rested on the old one, two people where it counts.

A process names in `Process.correctable` what can be corrected and which of its verbs rest on it.
A letter with the old value is replaced by a new number that names the old; nothing is rewritten.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from . import asking, clock, closing, processes
from .documents import Signature
from .door import hold, perform
from .issuing import issue
from .refusal import Refused
from .wording import day

SHORT = 4  # letters from which a text is known wherever it stands in a letter


@dataclass(frozen=True)
class Correctable:
    """One fact of a case. `read(case)` gives its value; `field()` the form field for a new one.

    column: the case's own column, set with the event to the value, or to keep(value).
    also(case, value): other columns that change with it, as a dict. write(event, value): what else holds the value.
    rests: verbs that used it, on this case or on one of others(case); once one of them stands, a
    second person must confirm. check(case, value): sentences against the value.
    say(value): the value in words. says: keys of letters that hold it, "template.key" or "key"; a
    day, a number or a short word that stands elsewhere in a letter says something else. None: no
    letter says it at all.
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
    found = known(case).get(slug)
    if found is None:
        raise Refused([_("Choose what to correct.")])
    return found


def words(value) -> str:
    """A value as staff read it and as letters of the active language hold it."""
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return str(value if value is not None else "")


def own(fact, case) -> bool:
    """Was this dated fact last changed by an act of the case? What another case did is corrected
    there."""
    return fact.event is None or fact.event.case_id == case.pk


def decisions(case, fact) -> list:
    """The events that still stand and rested on the fact."""
    stories = [case.story, *(other.story for other in fact.others(case))]
    return [event for story in stories for event in asking.standing(story)
            if event.verb in fact.rests]  # fmt: skip


def letters(case, fact, signed=False) -> list:
    """Letters that left us with the old value in them and that nothing has replaced.

    signed: instead those that somebody signed; what both sides signed stays as it is.
    """
    value = fact.read(case)
    rows = case.documents.filter(direction="out", replaced_by=None).exclude(template="")
    agreed = Signature.objects.standing().values("document")
    rows = rows.filter(pk__in=agreed) if signed else rows.exclude(pk__in=agreed)
    return [row for row in rows.order_by("pk") if _says(row, fact, value)]


def _says(row, fact, value) -> bool:
    with translation.override(row.language):
        old = fact.say(value).strip()
    return bool(old) and _holds(_place(row.context, row, fact, value), old)


def _place(context, row, fact, value) -> dict:
    """The part of the letter in which the value stands."""
    if fact.says is None:
        return {}
    if not isinstance(value, dt.date | int) and len(fact.say(value)) >= SHORT:
        return context
    keys = {key for key in context if {key, f"{row.template}.{key}"} & set(fact.says)}
    return {key: context[key] for key in keys}


def _holds(value, old) -> bool:
    if isinstance(value, dict):
        return any(_holds(part, old) for part in value.values())
    if isinstance(value, list):
        return any(_holds(part, old) for part in value)
    return old in str(value)


def _put(value, old, new):
    if isinstance(value, dict):
        return {name: _put(part, old, new) for name, part in value.items()}
    if isinstance(value, list):
        return [_put(part, old, new) for part in value]
    return value.replace(old, new) if isinstance(value, str) else value


@transaction.atomic
def correct(case, *, by, what, value, reason, again=(), **door):
    """A fact was corrected; letters that held the old value were replaced where asked.

    again: numbers of the letters to replace. Raises NeedsSecond where a decision rested on it.
    """
    case = hold(case)
    fact = one(case, what)
    old, rested = fact.read(case), decisions(case, fact)
    found = [row for row in letters(case, fact) if row.number in again]
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
        fact.write(event, value)
    for row in found:
        with translation.override(row.language):
            part = _place(row.context, row, fact, old)
            replace_letter(event, row, _put(part, fact.say(old), fact.say(value)),
                           {fact.say(old): fact.say(value)})  # fmt: skip
    return event


def closes(case, fact, value) -> list:
    """What is open now and would not be with the new value, as Dependants."""
    if fact.write is None or value in (None, "") or list(fact.check(case, value)):
        return []
    return closing.by(case, lambda event: fact.write(event, value))


def replace_letter(event, row, right, mails):
    """The same letter with the right values, under a number of its own that names the old. mails:
    {former: right}, where it is the mail of the letter that was wrong."""
    context, mail = row.context | right, _mail(row)
    return issue(
        event, row.template, row.title, context=context, language=row.language,
        recipient=context["recipient"], channel=row.channel, replaces=row,
        paragraph=context.get("paragraph", ""), mail=mails.get(mail, mail),
    )  # fmt: skip


def _mail(row):
    notice = row.notices.order_by("pk").first()
    return notice.to_mail if notice else ""


def beside(case, what, value) -> list:
    """Rows for the page: old, new, and what rested on the old value."""
    fact = one(case, what)
    rested = [f"{case.machine.move(event.verb).label}, {event.by.name}"
              for event in decisions(case, fact)]  # fmt: skip
    held = [str(row) for row in letters(case, fact)]
    signed = [str(row) for row in letters(case, fact, signed=True)]
    lost = [row.label for row in closes(case, fact, value)]
    nothing = _("nothing")
    return [
        {"label": _("Correct"), "value": str(fact.label)},
        {"label": _("As it is"), "value": fact.say(fact.read(case))},
        *(
            [{"label": _("As it will be"), "value": fact.say(value)}]
            if value not in (None, "")
            else []
        ),
        {"label": _("Decisions that rested on it"), "value": "\n".join(rested) or nothing},
        {"label": _("Letters that say it"), "value": "\n".join(held) or nothing},
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
