"""A register that comes in, as rows: its columns, each row's values and problems in words.

Reads and judges only; keeping the file and bringing it in stand in importing.py.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from . import cells, cpr, sheets
from .listexport import FORMULA
from .names import normalise, visible
from .refusal import Refused


@dataclass(frozen=True)
class Column:
    """One column. Its heading is `name`, or `label` in Danish or English, in any order."""

    name: str
    label: str
    parse: Callable = cells.name(200)
    required: bool = False
    empty: object = ""  # the value of an empty cell
    help: str = ""

    def headings(self) -> set:
        return {normalise(words) for words in (self.name, *cells.in_both(self.label))}


@dataclass
class Row:
    """A row of the file: its cells as they stand, values as parsed, problems in words."""

    number: int
    cells: dict
    values: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)  # (heading, sentence)

    def refuse(self, column, sentence):
        self.problems.append((str(column.label) if column else "", str(sentence)))

    def __getitem__(self, name):
        """The value of a column; None where the cell could not be read."""
        return self.values.get(name)


@dataclass(frozen=True)
class Checked:
    """What a file would become. `seen` names the file and which of its rows are right."""

    rows: tuple
    seen: str

    @property
    def good(self):
        return [row for row in self.rows if not row.problems]

    @property
    def bad(self):
        return [row for row in self.rows if row.problems]


class Importer:
    """A kind of register. Subclasses give columns and rules, and say what a row becomes."""

    slug = ""
    label = ""  # what is imported, in words
    columns: tuple = ()
    roles: tuple = ()  # who may preview and import
    most = 1000  # rows: some three seconds in one transaction

    def column(self, name) -> Column:
        return next(column for column in self.columns if column.name == name)

    def lock(self):
        """Take what must stand still while the file is judged and brought in."""

    def refuse(self, rows, problems):
        """problems(row): (column, sentence) of what is wrong with the row."""
        for row in rows:
            for name, sentence in problems(row):
                row.refuse(self.column(name), sentence)

    def judge(self, rows, by, at):
        """Add the problems that only the file as a whole or the records on file show, in a
        fixed number of queries."""

    def words(self, row) -> list:
        """What a right row becomes: [{label, value}], its cells unless the register says more."""
        return [{"label": str(column.label), "value": row.cells[column.name]}
                for column in self.columns if row.cells[column.name]]  # fmt: skip

    def title(self, row) -> str:
        """The row in a few words, also when it is wrong."""
        return next(iter(row.cells.values()), "")

    def make(self, batch, rows, by):
        """Write every row, with `bringing.bring_in`; called inside the batch's transaction."""
        raise NotImplementedError


def days(row, first, last, today):
    """(column, sentence) where the first day lies ahead, or the last one before it."""
    if row[first] and row[first] > today:
        yield first, _("The day lies after today.")
    if row[first] and row[last] and row[last] < row[first]:
        yield last, _("The last day can not lie before the first.")


def belongs() -> str:
    return _("You belong to this institution yourself; a colleague must do this.")


def overlap(one, other) -> bool:
    """Whether two spans (from, to or None) have an instant in common."""
    (since, until), (begun, ended) = one, other
    return (ended is None or since < ended) and (until is None or begun < until)


def check(importer, content, ending, by, at) -> Checked:
    """Read and judge the file; nothing is written. Raises Unreadable or Refused (headings)."""
    sheet = sheets.read(content, ending, importer.most)
    order = _order(importer, sheet.headings)
    rows = tuple(_row(importer, order, number, found) for number, found in sheet.rows)
    importer.judge(rows, by, at)
    right = ",".join(str(row.number) for row in rows if not row.problems)
    seen = hashlib.sha256(hashlib.sha256(content).digest() + right.encode()).hexdigest()
    return Checked(rows, seen)


def _order(importer, headings):
    """The columns in the order of the file. Raises Refused with every wrong heading."""
    known = {words: column for column in importer.columns for words in column.headings()}
    found = [known.get(normalise(heading)) for heading in headings]
    strange = [h for h, column in zip(headings, found, strict=True) if column is None]
    missing = [str(c.label) for c in importer.columns if c.required and c not in found]
    double = sorted({str(c.label) for c in found if c and found.count(c) > 1})
    said = [
        _("These headings are not known: %(names)s.") % {
            "names": ", ".join(f"“{name[:80]}”" for name in strange[:10])} if strange else "",
        _("These columns are missing: %(names)s.") % {"names": ", ".join(missing)}
        if missing else "",
        _("These columns stand there twice: %(names)s.") % {"names": ", ".join(double)}
        if double else "",
    ]  # fmt: skip
    if any(said):
        expected = ", ".join(str(column.label) for column in importer.columns)
        raise Refused([*filter(None, said),
                       _("The columns are: %(names)s. The template has them all.")
                       % {"names": expected}])  # fmt: skip
    return found


def _row(importer, order, number, found):
    row = Row(number, {column.name: "" for column in importer.columns})
    row.values = {column.name: column.empty for column in importer.columns}
    found = [_inert(text) for text in found] + [""] * (len(order) - len(found))
    if any(found[len(order) :]):
        row.refuse(None, _("The row has more cells than there are headings."))
    for column, text in zip(order, found, strict=False):
        row.cells[column.name] = text
        _read(row, column, text)
    return row


def _inert(text):
    """Without the apostrophe that our own exports put before what looks like a formula."""
    text = visible(text)
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text


def _read(row, column, text):
    if not text and not column.required:
        return
    row.values[column.name] = None
    if sheets.CONTROL.search(text) or any("\ud800" <= c <= "\udfff" for c in text):
        row.refuse(column, _("There are characters in it that are no text."))
    elif not text:
        row.refuse(column, _("This is missing."))
    elif cells.failed(text):
        row.refuse(column, _("“%(words)s” is a spreadsheet's error. Write the value itself.")
                   % {"words": text})  # fmt: skip
    elif found := list(cpr.sentences(text)):
        row.refuse(column, found[0])
    else:
        try:
            row.values[column.name] = column.parse(text)
        except ValueError as wrong:
            row.refuse(column, wrong)
