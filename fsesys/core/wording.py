"""How days and instants are written for people, in the language that is active. No models here."""

from django.utils.formats import date_format

from . import clock


def day(value) -> str:
    """A day, "17 November 2026"; nothing for none."""
    return date_format(value, "j. F Y") if value else ""


def when(at) -> str:
    """An instant as staff read it, in Copenhagen's time."""
    return date_format(at.astimezone(clock.COPENHAGEN), "j. F Y H:i")
