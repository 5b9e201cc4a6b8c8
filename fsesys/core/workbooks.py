"""Reads the one visible sheet of an XLSX workbook as it stands; formulas are not calculated.

A workbook is somebody else's zip of XML: sizes, entities and what is hidden are looked at before
the library reads it.
"""

import io
import zipfile
import zlib
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .unreadable import Unreadable

MOST_UNPACKED = 40 * 1024 * 1024
LAST_ROW = 20_000
MOST_ELEMENTS = 500_000  # in one part
BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, LookupError, SyntaxError,
          OSError, EOFError, OverflowError, zlib.error, zipfile.BadZipFile, NotImplementedError,
          expat.ExpatError)  # fmt: skip


def lines(content: bytes, columns: int):
    """(row number, cells) of the only sheet, at most so many columns and one more."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _look_through(archive)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        try:
            yield from _cells(book, columns)
        finally:
            book.close()
    except BROKEN:
        raise Unreadable(
            _("The workbook is damaged. Open it in a spreadsheet and save it anew as XLSX.")
        ) from None


def _cells(book, columns):
    if any(sheet.sheet_state != "visible" for sheet in book.worksheets):
        raise Unreadable(
            _("The workbook has a hidden sheet. Show it, and keep only the sheet to import.")
        )
    if len(book.sheetnames) != 1 or len(book.worksheets) != 1:
        raise Unreadable(_("The workbook has several sheets. Keep only the sheet to import."))
    sheet = book.worksheets[0]
    last = _last_row(book, sheet)
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=last, max_col=columns + 1, values_only=True)
    yield from enumerate(rows, start=1)


def _look_through(archive):
    """Sizes as declared (no more is ever unpacked), and no XML that declares entities."""
    entries = archive.infolist()
    if any("/chartsheets/" in entry.filename for entry in entries):
        raise Unreadable(
            _(
                "The workbook has a sheet that is a chart. Delete it, and keep only the sheet to import."
            )
        )
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable(
            _("The workbook is too large when unpacked. Copy the rows into a new workbook.")
        )
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels")):
            parser = expat.ParserCreate()
            parser.StartDoctypeDeclHandler = _no_entities
            parser.StartElementHandler = _Count()
            with archive.open(entry) as part:
                parser.ParseFile(part)


class _Count:
    """Ends the reading of a part that holds more elements than any register does."""

    def __init__(self):
        self.left = MOST_ELEMENTS

    def __call__(self, *element):
        self.left -= 1
        if self.left < 0:
            raise Unreadable(
                _("The workbook is too large when unpacked. Copy the rows into a new workbook.")
            )


def _no_entities(*_args):
    raise Unreadable(_("The workbook holds declarations that do not belong in a table."))


def _last_row(book, sheet) -> int:
    """The last row with anything in it. Raises Unreadable where a row or column is hidden."""
    scan = _Scan()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = scan.begin
    with book._archive.open(sheet._worksheet_path) as part:
        parser.ParseFile(part)
    if scan.last > LAST_ROW:
        raise Unreadable(
            _("Something stands below row %(row)d. Delete it, or divide the file.")
            % {"row": LAST_ROW}
        )
    return max(scan.last, 1)


class _Scan:
    """Follows the rows of one sheet's XML."""

    def __init__(self):
        self.row = self.last = 0

    def begin(self, name, attributes):
        name = name.rpartition(" ")[2]
        if name == "mergeCell":
            raise Unreadable(
                _("The cells %(cells)s are merged. Split them, so that each holds its own text.")
                % {"cells": attributes.get("ref", "")}
            )
        if name in ("row", "col") and attributes.get("hidden", "0") not in ("0", "false"):
            raise Unreadable(
                _("Row %(row)s is hidden. Show all rows (remove the filter), or delete it.")
                % {"row": attributes.get("r", self.row + 1)}
                if name == "row"
                else _("A column is hidden. Show all columns, or delete it.")
            )
        if name == "row":
            self.row = int(attributes.get("r", self.row + 1))
        elif name in ("v", "t", "f"):
            self.last = max(self.last, self.row)
