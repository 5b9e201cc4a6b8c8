"""Reads a table that somebody uploaded: CSV of any common kind, or one sheet of XLSX, as text.

Everything comes out as the text that stands in the cell; nothing is calculated. What can not be
read is refused in a sentence. Which columns there must be is said in importing.py.
"""

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from . import workbooks
from .unreadable import Unreadable

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
DELIMITERS = ";,\t|"
MOST_COLUMNS = 100
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
GARBLED = re.compile(
    "[ÃÂ][\x80-\xbfˆ‰™œŠš†‡•…¦¸¥˜“”‘’–—›‹€ƒ„‚Œž]|â€|\ufffd|\\w[‘’†›¿¾Œ]\\w|[‡‹‰ˆƒ]"
)
SOUND = re.compile(r"(?<=\w)’(?=\w)")  # an apostrophe inside a word is no sign of a wrong encoding


@dataclass(frozen=True)
class Sheet:
    """headings: as they stand. rows: (number of the row in the file, its cells as text)."""

    headings: tuple
    rows: tuple


def read(content: bytes, ending: str, most: int) -> Sheet:
    """The table in a file of that ending ("csv", "xlsx") with at most so many rows below the
    headings. Raises Unreadable."""
    lines = workbooks.lines(content, MOST_COLUMNS) if ending == "xlsx" else _csv(content)
    headings, rows = None, []
    for number, cells in lines:
        cells = tuple(cell.strip() for cell in map(_text, cells))
        if not any(cells):
            continue
        if headings is None:
            headings = _headings(cells)
            continue
        rows.append((number, cells))
        if len(rows) > most:
            raise Unreadable(
                _("The file has more than %(most)d rows. Divide it into several files.")
                % {"most": most}
            )
    if not rows:
        raise Unreadable(_("There are no rows below the headings: nothing to import."))
    return Sheet(headings, tuple(rows))


def _headings(cells):
    while cells and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > MOST_COLUMNS:
        raise Unreadable(
            _("The file has more than %(most)d columns.") % {"most": MOST_COLUMNS}
        )  # fmt: skip
    return cells


def _text(value) -> str:
    """A cell as text: days as 2026-11-23, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, ArrayFormula):
        value = value.text
    if isinstance(value, DataTableFormula):
        value = f"=TABLE({value.r1},{value.r2})"
    if isinstance(value, dt.datetime) and value.time() == dt.time.min:
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\xa0", " ").strip("\ufeff\u200b")


def _csv(content):
    text = decoded(content)
    first, _end, rest = text.partition("\n")
    if re.fullmatch(r"sep=.\r?", first):
        delimiter, text = first[4], rest
    else:
        delimiter = _delimiter(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(lines, start=1):  # noqa: B007  told in the sentence
            yield number, cells
    except csv.Error:
        raise Unreadable(
            _("Row %(row)d cannot be read: a quotation mark is missing or out of place.")
            % {"row": number + 1}
        ) from None


def _delimiter(text):
    """The delimiter that divides the first line with words into most cells."""

    def width(delimiter):
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            return len(next((line for line in lines if any(line)), []))
        except csv.Error:
            return 0

    return max(DELIMITERS, key=width)


def decoded(content: bytes) -> str:
    """The text of a CSV file in UTF-8, UTF-16 with its mark, or Windows Western European."""
    mark = next((codec for mark, codec in MARKS if content.startswith(mark)), None)
    if mark is None and b"\x00" in content:
        raise Unreadable(_("The file is not a table in text form. Save it as CSV, UTF-8."))
    wrong = _("The file's letters cannot be read for certain. Save it as CSV, UTF-8, or as XLSX.")
    for codec in [mark] if mark else ["utf-8", "cp1252"]:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if CONTROL.search(text):
            raise Unreadable(_("The file is not a table in text form. Save it as CSV, UTF-8."))
        if GARBLED.search(SOUND.sub("'", text)):
            raise Unreadable(wrong)
        return text
    raise Unreadable(wrong)
