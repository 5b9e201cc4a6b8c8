"""CPR numbers: none is kept here, so a text that holds one is refused in a sentence.

A CPR number is ten digits whose first six are a day (ddmmyy), with or without a hyphen or space
after them. Longer numbers (EAN), shorter ones (CVR) and phone numbers after a + are none.
"""

import datetime as dt
import re
import unicodedata

from django.utils.translation import gettext as _

TEN = re.compile(r"(?<![0-9+])([0-9]{2})([0-9]{2})([0-9]{2})[-\u2010-\u2015 ]?[0-9]{4}(?![0-9])")


def holds_one(text) -> bool:
    """Whether a CPR number stands somewhere in the text."""
    text = unicodedata.normalize("NFKC", text)  # digits and spaces of other widths are the same
    return any(_is_day(*map(int, found.groups())) for found in TEN.finditer(text))


def _is_day(day, month, year) -> bool:
    for century in (1900, 2000):
        try:
            return bool(dt.date(century + year, month, day))
        except ValueError:
            continue
    return False


def sentences(*values):
    """What to do about values, or lists of them, in which a CPR number stands."""
    if any(holds_one(text) for value in values for text in _texts(value)):
        yield _("The text holds what looks like a CPR number. Take it out: no CPR number is kept"
                " here. Say who it is in another way, such as by name and mail.")  # fmt: skip


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
