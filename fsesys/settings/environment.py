"""Typed reading of environment variables, with a whole sentence when one is missing or wrong.

Belongs here: how a variable is read. Which variables there are is in base, dev, test and prod.
"""

import os

from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def text(name: str, default: str | None = None) -> str:
    """A text; without a default it must be set and not empty."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def switch(name: str, default: bool) -> bool:
    """Yes or no: 1, true, yes, on or 0, false, no, off."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in YES | NO:
        return value.strip().lower() in YES
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 for yes or 0 for no.")


def number(name: str, default: int) -> int:
    """A whole number above zero."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.isascii() and value.isdigit() and int(value) > 0:
        return int(value)
    raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number above zero.")


def words(name: str, default: str | None = None) -> list[str]:
    """Several texts with commas between them."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
