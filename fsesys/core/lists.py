"""The one list component: columns, filters, order, pages and exports of any queryset.

A list is declared once and feeds the page and the export alike. It knows no app's models. What
it does not know (a filter, a choice, a heading to sort by) it says in a sentence and shows no
rows: a list that quietly shows more than was asked for would be believed.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core import signing
from django.utils.translation import gettext as _

from .keyset import Walk
from .listexport import FORMATS
from .listparts import Cell, Column, Filter, Option, Words

__all__ = ["Cell", "Column", "Filter", "Option", "Page", "Register", "Words"]

CURSORS = ("after", "before")
OWN = (*CURSORS, "sort", "export")


@dataclass(frozen=True)
class Page:
    rows: list
    next_url: str = ""
    previous_url: str = ""


class Register:
    """Base of every list. Subclasses declare; `Register(request.GET, queryset)` answers.

    The queryset must give each row once (no join to many) and bring what the columns read: by
    `reads`, or as records with select_related and prefetch_related. A page costs at most three
    queries beside those.
    """

    name = "list"  # file name of exports, and part of the cursors' signature
    columns: tuple = ()
    reads: tuple = ()  # the paths that the columns read; without any, they are given the records
    filters: tuple = ()
    order: tuple = ("pk",)  # most urgent first: "field", "-field" or expressions
    order_label = ""  # ... in words
    empty = ""  # what an empty list means and what to do
    size = 50

    def __init__(self, query, queryset):
        lists = query.lists() if hasattr(query, "lists") else ((k, [v]) for k, v in query.items())
        self.given = {key: values for key, values in lists if any(values)}
        self.problems, self.remarks, self.chosen = [], [], {}
        self.read_filters()
        self.sort, self.terms = self.read_sort()
        rows = queryset.none() if self.problems else queryset
        for _label, where in self.chosen.values():
            rows = rows.filter(where)
        self.queryset = queryset
        self.walk = Walk(rows, self.terms, self.reads)

    # --- what the address asks for -----------------------------------------------------------

    def one(self, key):
        return self.given.get(key, [""])[-1]

    def read_filters(self):
        known = {item.key: item for item in self.filters}
        for key, values in self.given.items():
            if key in known:
                self.read_filter(known[key], values)
            elif key not in OWN:
                self.problems.append(_("The address names a filter that this list does not have."))

    def read_filter(self, item, values):
        found = item.read(values[0]) if len(set(values)) == 1 else None
        if found is None:
            self.problems.append(
                _("The filter “%(filter)s” has no such choice.") % {"filter": item.label}
            )
        else:
            self.chosen[item.key] = found

    def read_sort(self):
        """(the heading with its direction, the terms of the order)."""
        asked = self.one("sort")
        if not asked:
            return "", self.order
        down, key = asked.startswith("-"), asked.removeprefix("-")
        column = next((c for c in self.columns if c.key == key and c.sort), None)
        if column is None:
            self.problems.append(_("This list cannot be sorted in the way the address asks for."))
            return "", self.order
        return asked, (*column.terms(turned=down), *self.order)

    # --- rows --------------------------------------------------------------------------------

    def page(self) -> Page:
        """The rows of the page asked for, and the addresses of its neighbours."""
        row = self.cursor_row(self.one("before") or self.one("after"))
        back = row is not None and bool(self.one("before"))
        found = self.walk.page(self.size + 1, row, back)
        if row is not None and not found:
            self.remarks.append(_("There is nothing further; this is the start of the list."))
            row, back, found = None, False, self.walk.page(self.size + 1)
        more, found = len(found) > self.size, found[: self.size]
        if back:
            found.reverse()
        forth, earlier = more or back, (more if back else row is not None)
        return Page(
            [[column.cell(one) for column in self.columns] for one in found],
            self.url(after=self.signed(found[-1])) if forth and found else "",
            self.url(before=self.signed(found[0])) if earlier and found else "",
        )

    def cursor_row(self, value):
        """The row that the cursor names. It holds a signed id: no value of a row is in the URL."""
        if not value or self.problems:
            return None
        try:
            pk = signing.loads(value, salt=self.salt)
        except signing.BadSignature:
            row = None
        else:
            row = Walk(self.queryset, self.terms, self.reads).one(pk)
        if row is None:
            self.remarks.append(_("The place in the list is not known any more; it starts anew."))
        return row

    @property
    def salt(self):
        return f"list.{self.name}.{self.sort}"

    def signed(self, row):
        return signing.dumps(str(row.pk), salt=self.salt)

    def export(self, kind):
        """An HTTP answer with exactly the filtered rows and the shown columns."""
        return FORMATS[kind](self)

    # --- what the page shows around the rows -------------------------------------------------

    def url(self, without=(), **extra):
        """This list's address with its filters and order, but not its place."""
        kept = {key: self.one(key) for key in (*self.chosen, "sort") if self.one(key)}
        kept = {key: value for key, value in kept.items() if key not in without}
        return "?" + urlencode({**kept, **{k: v for k, v in extra.items() if v}})

    @property
    def headings(self):
        """{label, kind, url, aria}: a second click turns the order round."""
        for column in self.columns:
            up, down = self.sort == column.key, self.sort == f"-{column.key}"
            turned = f"-{column.key}" if up else column.key
            yield {
                "label": column.heading, "kind": column.kind,
                "url": self.url(without=("sort",), sort=turned) if column.sort else "",
                "aria": "ascending" if up else "descending" if down else "",
            }  # fmt: skip

    @property
    def controls(self):
        """The filters as form fields, with what is chosen."""
        for item in self.filters:
            yield {"key": item.key, "label": item.label, "item": item, "typed": item.typed,
                   "value": self.one(item.key) if item.key in self.chosen else ""}  # fmt: skip

    @property
    def chips(self):
        labels = {item.key: item.label for item in self.filters}
        for key, (label, _where) in self.chosen.items():
            yield {"label": labels[key], "text": label, "remove_url": self.url(without=(key,))}

    @property
    def clear_url(self):
        return self.url(without=tuple(self.chosen))

    @property
    def default_order_url(self):
        return self.url(without=("sort",))

    @property
    def export_urls(self):
        return [{"label": kind.upper(), "url": self.url(export=kind)} for kind in FORMATS]
