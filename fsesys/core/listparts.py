"""The parts a list is declared with: columns, their cells, and filters.

No app's models and no queries here; a filter hands back a Q, a column reads a row.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.db.models import Q
from django.db.models.expressions import OrderBy
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _


def reader(source):
    """A function of the row: the one given, or what a path leads to (nothing for none)."""
    if callable(source):
        return source
    parts = source.split(".")
    return lambda row: reach(row, parts)


def reach(row, parts):
    """`a.b.c` of a row; None as soon as a part is None; methods are called."""
    for part in parts:
        row = getattr(row, part) if row is not None else None
        row = row() if callable(row) else row
    return row


class Cell(NamedTuple):  # 300 on a page
    text: str
    url: str = ""
    kind: str = "text"
    tone: str = ""
    label: str = ""  # the heading, for narrow screens


@dataclass(frozen=True)
class Column:
    """One column. `value`, `link` and `tone` are paths ("institution.name") or functions of the
    row; `sort` is a field path, an expression or a tuple of them, empty for "cannot be sorted".
    Kinds: text, number, amount (DKK), date, moment, state (a word with a `tone`)."""

    key: str
    heading: str
    value: str | Callable = ""
    sort: object = ""
    link: str | Callable = ""
    kind: str = "text"
    tone: str | Callable = ""

    @cached_property
    def raw(self):
        return reader(self.value or self.key)

    @cached_property
    def beside(self):
        """How the link and the tone are read, None for none."""
        return tuple(reader(one) if one else None for one in (self.link, self.tone))

    def cell(self, row):
        text, (link, tone) = shown(self.raw(row), self.kind), self.beside
        return Cell(text, str(link(row) or "") if link else "", self.kind,
                    str(tone(row) or "") if tone else "", self.heading)  # fmt: skip

    def terms(self, turned):
        """What to order by; `turned` for the other direction."""
        terms = self.sort if isinstance(self.sort, list | tuple) else (self.sort,)
        return tuple(turn(term) for term in terms) if turned else tuple(terms)


def turn(term):
    """The same term of an order, the other way round."""
    if isinstance(term, str):
        return term.removeprefix("-") if term.startswith("-") else f"-{term}"
    if isinstance(term, OrderBy):
        return OrderBy(term.expression, descending=not term.descending)
    return OrderBy(term, descending=True)


def shown(value, kind):
    """A value as people read it in a dense table."""
    if value is None:
        return ""
    if type(value) is str:  # most are
        return value
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value) if value.tzinfo else value
        told = day(local.date(), get_language())
        return told if kind == "date" else told + date_format(local, " H:i")
    if isinstance(value, datetime.date):
        return day(value, get_language())
    if kind == "amount":
        return _("DKK %(amount)s") % {"amount": number_format(value, 2, force_grouping=True)}
    if kind == "number" and isinstance(value, int):
        return whole(value, get_language())
    if kind == "number" and isinstance(value, float | Decimal):
        return number_format(value, force_grouping=True)
    return str(value)


@lru_cache(maxsize=2000)
def whole(value, _language):
    """A whole number in the language that is active."""
    return number_format(value, force_grouping=True)


@lru_cache(maxsize=2000)
def day(value, _language):
    """A day in the language that is active; the same few days stand in every list."""
    return date_format(value, pgettext("date in a list", "j M Y"))


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    where: Q


@dataclass(frozen=True, eq=False)
class Filter:
    """Fixed choices; `options` is a tuple of Option, or a function that returns one."""

    key: str
    label: str
    options: tuple | Callable = ()
    typed = False

    @classmethod
    def of(cls, key, label, field, choices):
        """A filter on equality of one field, from (value, label) pairs."""
        options = tuple(Option(str(v), text, Q(**{field: v})) for v, text in choices)
        return cls(key, label, options)

    def read(self, value):
        """(what the chip says, Q), or None when there is no such choice."""
        for option in self.choices():
            if option.value == value:
                return option.label, option.where
        return None

    def choices(self):
        return self.options() if callable(self.options) else self.options


@dataclass(frozen=True)
class Words:
    """A filter on typed words: `where` makes a Q of at most 100 characters."""

    key: str
    label: str
    where: Callable

    typed = True

    def read(self, value):
        return (value, self.where(value)) if len(value) <= 100 and "\x00" not in value else None
