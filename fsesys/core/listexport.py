"""A list as CSV or XLSX: the filtered rows and the shown columns, nothing else.

CSV is UTF-8 with BOM, comma-separated, every line ended by CRLF (RFC 4180), dates as ISO, moments
with their offset and numbers with a point: made for programs. XLSX is made for people, and knows no
offset. In both, a text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

import csv
import datetime
import tempfile
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from . import clock

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
VALUES = int | float | Decimal | datetime.date
AT_ONCE = 100  # rows told together
LONGEST = 32_000  # characters that fit in one cell
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def inert(text: str) -> str:
    """The text, with an apostrophe in front if a spreadsheet would run it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def plain(value):
    """A cell as a spreadsheet keeps it: number, day, local moment, or inert text."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "1", False: "0"}[value]
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, VALUES):
        return value
    text = str(value)[:LONGEST]
    return inert(text if text.isprintable() else ILLEGAL_CHARACTERS_RE.sub(" ", text))


def written(value) -> str:
    """The same cell in CSV."""
    if type(value) is str and value.isprintable():  # most are
        return inert(value[:LONGEST])
    if isinstance(value, datetime.datetime):
        return moment(value)
    value = plain(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


@lru_cache(maxsize=10_000)  # many rows begin and end together
def moment(value) -> str:
    """An hour in October comes twice: the offset tells."""
    return (timezone.localtime(value) if value.tzinfo else value).isoformat(" ", "seconds")


def rows(register, language):
    """Lists of values, row by row, in the language of the request that asked."""
    with clock.request_time():  # a file is read when the request is over, and asks for the time
        found = register.walk.everything().iterator(chunk_size=1000)
        yield from spoken(
            found, language, lambda row: [said(column.raw(row)) for column in register.columns]
        )


def said(value):
    """The value, a text in the language that is active."""
    return value if value is None or isinstance(value, VALUES) else str(value)


def spoken(found, language, tell):
    """`tell(row)` of each, said in that language, some at a time: whoever streams has a language of its
    own between two rows, and taking another one costs as much as telling a row."""
    found = iter(found)
    while True:
        with translation.override(language):
            told = [tell(row) for row in islice(found, AT_ONCE)]
        if not told:
            return
        yield from told


class Echo:
    """A file that hands each line straight on."""

    def write(self, line):
        return line


def as_csv(register):
    headings = [column.heading for column in register.columns]
    return csv_of(register.name, headings, rows(register, translation.get_language()))


def as_xlsx(register):
    headings = [column.heading for column in register.columns]
    return xlsx_of(register.name, headings, rows(register, translation.get_language()))


def csv_of(name, headings, found):
    """Rows of values as a CSV that streams: the first line leaves before the first row is read."""
    writer = csv.writer(Echo())
    first = writer.writerow([inert(str(heading)) for heading in headings])

    def lines():
        yield "\ufeff" + first
        told = iter(found)
        while some := [writer.writerow(list(map(written, row))) for row in islice(told, AT_ONCE)]:
            yield "".join(some)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_of(name, headings, found, note=""):
    """The same rows as a workbook: one sheet, and behind it what is to be known of them, if anything;
    then a spreadsheet opens with that."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    sheet.append([bold(sheet, heading) for heading in headings])
    for values in found:
        sheet.append([plain(value) for value in values])
    if note:
        book.create_sheet(_("Note")).append([note])
        book.active = 1
    kept = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response
    book.save(kept)
    kept.seek(0)
    return FileResponse(kept, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def bold(sheet, heading):
    cell = WriteOnlyCell(sheet, value=inert(str(heading)))
    cell.font = Font(bold=True)
    return cell


FORMATS = {"csv": as_csv, "xlsx": as_xlsx}
