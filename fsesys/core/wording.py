"""How days, instants and values are written for people, in the language that is active. No models here."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import get_language

from . import clock


def day(value) -> str:
    """A day as the language writes it, "17. november 2026", "17 November 2026"; nothing for none."""
    return date_format(value, _form()) if value else ""


def _form() -> str:
    return "j F Y" if get_language() == "en" else "j. F Y"


def when(at) -> str:
    """An instant as staff read it, in Copenhagen's time."""
    return date_format(at.astimezone(clock.COPENHAGEN), f"{_form()} H:i")


def words(value) -> str:
    """A value as staff read it and as letters of the active language hold it."""
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return str(value if value is not None else "")
