"""Papers that say what a correction puts right: which do, which stay, and the letter sent anew."""

import datetime as dt

from django.utils import translation

from .documents import INTERNAL, OUT, Signature
from .issuing import issue
from .wording import words

SHORT = 4  # letters from which a text is known wherever it stands in a letter


def letters(case, fact) -> list:
    """Letters that left us with the old value in them, or to it, and that nothing has replaced."""
    rows = _ours(case).exclude(pk__in=_agreed()).filter(direction=OUT)
    value, there, sent = fact.read(case), fact.reaches(case), ()
    if there:
        sent = set(case.notices.filter(to_mail__iexact=there).values_list("document", flat=True))
    return [row for row in rows if row.pk in sent or _says(row, fact, value)]


def stay(case, fact, signed) -> list:
    """Papers with the old value that no letter replaces: what somebody signed, else what stays
    with us, such as an agreement before it is signed."""
    rows, value = _ours(case), fact.read(case)
    if signed:
        rows = rows.filter(pk__in=_agreed())
    else:
        rows = rows.filter(direction=INTERNAL).exclude(pk__in=_agreed())
    return [row for row in rows if _says(row, fact, value)]


def _ours(case):
    """What an undo held back never left us: nothing is put right there."""
    rows = case.documents.filter(replaced_by=None, event__undone_by=None)
    return rows.exclude(template="").order_by("pk")


def _agreed():
    return Signature.objects.standing().values("document")


def _says(row, fact, value) -> bool:
    with translation.override(row.language):
        old = fact.say(value).strip()
        return bool(old) and _holds(_place(row.context, row, fact, value), old)


def _place(context, row, fact, value) -> dict:
    """The part of the letter in which the value stands."""
    if fact.says is None:
        return {}
    said = fact.say(value)
    typed = not isinstance(value, dt.date | int | list) and said == words(value)
    if typed and len(said) >= SHORT:
        return context
    keys = {key for key in context if {key, f"{row.template}.{key}"} & set(fact.says)}
    return {key: context[key] for key in keys}


def _holds(value, old) -> bool:
    if isinstance(value, dict):
        return any(_holds(part, old) for part in value.values())
    if isinstance(value, list):
        return _as_list(value) == old or any(_holds(part, old) for part in value)
    return old in str(value)


def _as_list(value) -> str:
    """A list of a letter in the words of `words`: schemes, domains, lines of an address."""
    return ", ".join(str(part) for part in value)


def _put(value, old, new):
    if isinstance(value, dict):
        return {name: _put(part, old, new) for name, part in value.items()}
    if isinstance(value, list):
        if _as_list(value) == old:
            return new.split(", ")
        return [_put(part, old, new) for part in value]
    return value.replace(old, new) if isinstance(value, str) else value


def again(event, row, fact, old, value):
    """The same letter with the right value, under a number of its own that names the old."""
    with translation.override(row.language):
        part = _place(row.context, row, fact, old)
        context = row.context | _put(part, fact.say(old), fact.say(value))
    return issue(
        event, row.template, row.title, context=context, language=row.language,
        recipient=context["recipient"], channel=row.channel, replaces=row,
        paragraph=context.get("paragraph", ""), mail=_mail(event.case, row, old, value),
    )  # fmt: skip


def _mail(case, row, old, value):
    """Where the letter goes now: to whom the case names, else where it went before, unless it is
    that mail which was wrong."""
    notice = row.notices.order_by("pk").first()
    if notice is None or case.addressee:
        return notice and case.addressee.mail
    return value if notice.to_mail.lower() == str(old).lower() else notice.to_mail
