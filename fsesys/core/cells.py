"""From the text of a cell to a value, or to a sentence: what every register that comes in shares.

Each parser takes the text (never empty) and raises ValueError with a whole sentence.
"""

import re
from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from .forms import DayField
from .names import normalise

LANGUAGES = ("en", "da")
BIGGEST, DIGITS = 2**31 - 1, 12  # what a column takes, and how many may be written for it
ERROR = re.compile(r"#([A-ZÆØÅ0/_]+[!?]|N/A|I/T|GETTING_DATA)|Err:\d{3}", re.IGNORECASE)


def text(most: int):
    """A parser of a text of at most so many characters."""

    def parse(words):
        if len(words) > most:
            raise ValueError(
                _("The text is longer than %(most)d characters.") % {"most": most}
            )  # fmt: skip
        return words

    return parse


def name(most: int):
    """A parser of what somebody or something is called: no formula."""

    def parse(words):
        if words.startswith(("=", "＝")):
            raise ValueError(
                _("“%(words)s” is a formula. Write the name itself.") % {"words": words[:80]}
            )
        return text(most)(words)

    return parse


def day(words):
    """A day as Danes write it, or ISO."""
    try:
        return DayField().clean(words.removesuffix(" 00:00:00"))
    except ValidationError:
        raise ValueError(
            _("“%(words)s” is not a date. Write it as day-month-year: 24-12-2026.")
            % {"words": words}
        ) from None


def failed(words) -> bool:
    """Is this what a spreadsheet, English or Danish, shows where a formula failed?"""
    return bool(ERROR.fullmatch(words))


def web(words):
    try:
        return forms.URLField(max_length=200, assume_scheme="https").clean(words)
    except ValidationError:
        raise ValueError(_("“%(words)s” is not a web address.") % {"words": words}) from None


def _some(found) -> list:
    if not found:
        raise ValueError(_("This is missing."))
    return list(found)


def whole(least: int):
    """A parser of a whole number from `least` on."""

    def parse(words):
        short = words.isascii() and words.isdecimal() and len(words) <= DIGITS
        if not (short and least <= int(words) <= BIGGEST):
            raise ValueError(
                _("“%(words)s” is not a whole number from %(least)d on.")
                % {"words": words, "least": least}
            )
        return int(words)

    return parse


number = whole(1)


def in_both(label) -> list:
    """The words of a lazy text in every language of the house."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(str(label))
    return found


def choice(choices: dict):
    """A parser of one of {slug: label}: written as the slug or as the label in any language."""

    @cache
    def spelt():
        words = (
            (slug, word) for slug, label in choices.items() for word in (slug, *in_both(label))
        )
        return {normalise(word): slug for slug, word in words}

    def parse(words):
        known = spelt()
        if normalise(words) not in known:
            raise ValueError(
                _("“%(words)s” is not known here. Write one of: %(known)s.")
                % {"words": words, "known": ", ".join(str(label) for label in choices.values())}
            )
        return known[normalise(words)]

    return parse


def choices(known: dict):
    """A parser of several of {slug: label}, separated by semicolon or comma."""
    one = choice(known)

    def parse(words):
        parts = [part.strip() for part in words.replace(",", ";").split(";")]
        return _some(dict.fromkeys(one(part) for part in parts if part))

    return parse
