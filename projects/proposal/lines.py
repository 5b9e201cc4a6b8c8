"""Rows typed as lines: planned registers, planned institutions, external approvals.

Each function reads a text, or raises ValueError with a sentence that says which line is wrong.
"""

import datetime as dt
import re

from django.utils.translation import gettext as _

from institutions.records import Institution

from ..records import Register

REGISTER = re.compile(
    r"^(?P<name>\w+)\s*(?P<first>\d{4})?\s*(?:[-–]\s*(?P<last>\d{4})?)?\s*:\s*(?P<why>.*)$"
)
DAYS = ("%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d")


def _rows(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def registers(text) -> list:
    """ "BEF 2000-2023: the population under study", one register a line."""
    known = {register.name: register for register in Register.objects.all()}
    return [_register(line, known) for line in _rows(text)]


def _register(line, known):
    found = REGISTER.match(line)
    if found is None:
        raise ValueError(_("“%(line)s” can not be read. Write for example:"
                           " BEF 2000-2023: the population") % {"line": line[:80]})  # fmt: skip
    register = known.get(found["name"].upper())
    if register is None:
        raise ValueError(_("The catalogue has no register %(name)s.") % {"name": found["name"]})
    first, last = found["first"], found["last"]
    single = first and not last and "-" not in line.split(":")[0] and "–" not in line.split(":")[0]
    return {"register": register, "year_from": int(first) if first else None,
            "year_to": int(first if single else last) if single or last else None,
            "justification": found["why"].strip()}  # fmt: skip


def as_registers(rows) -> str:
    """The same rows as lines to be typed on."""
    return "\n".join(
        f"{row.register.name} {row.year_from or ''}-{row.year_to or ''}: {row.justification}"
        if row.year_from or row.year_to else f"{row.register.name}: {row.justification}"
        for row in rows
    )  # fmt: skip


def institutions(text) -> list:
    """Authorisation numbers, separated by space or comma."""
    found = []
    for word in re.split(r"[\s,;]+", text.strip()):
        if not word:
            continue
        rows = Institution.objects.select_related("parent")
        number = int(word) if word.isascii() and word.isdigit() and len(word) < 6 else None
        institution = number and rows.filter(authorisation_number=number).first()
        if not institution:
            raise ValueError(_("No institution has authorisation number %(n)s.") % {"n": word[:20]})
        if institution not in found:
            found.append(institution)
    return found


def institution(text):
    """One authorisation number, or nothing."""
    found = institutions(text)
    if len(found) > 1:
        raise ValueError(_("Write one authorisation number only."))
    return found[0] if found else None


def approvals(text) -> list:
    """ "From whom; number; expires on", one approval a line; without the day it does not expire."""
    return [_approval(line) for line in _rows(text)]


def _approval(line):
    source, number, expires, *more = [part.strip() for part in f"{line};;".split(";")]
    if not source or not number or any(more):
        raise ValueError(_("“%(line)s” can not be read. Write: from whom; number; expires on")
                         % {"line": line[:80]})  # fmt: skip
    return {"source": source[:200], "number": number[:100], "expires_on": _day(expires)}


def _day(text):
    if not text:
        return None
    for form in DAYS:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(_("Write the date as day-month-year: 24-12-2026."))


def as_approvals(rows) -> str:
    return "\n".join(
        "; ".join(filter(None, [row.source, row.number,
                                f"{row.expires_on:%d-%m-%Y}" if row.expires_on else ""]))
        for row in rows
    )  # fmt: skip
