"""Walking a queryset page by page by key: never OFFSET, never a count of everything.

Empty values come last in both directions. The rows with a first key and those without one are
read apart, so that an ordinary index on (first key, id) serves every page in either direction;
a page costs at most two queries, whatever the size of the table.
"""

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Q
from django.db.models.expressions import OrderBy


@dataclass(frozen=True)
class Key:
    """One part of an order, under the name by which the rows carry it."""

    name: str
    expression: object = None
    descending: bool = False
    nullable: bool = False

    def order(self, reverse, plain=False):
        """The ORDER BY term; `plain` where no empty value can occur."""
        down = self.descending != reverse
        nulls = {} if plain or not self.nullable else (
            {"nulls_first": True} if reverse else {"nulls_last": True}
        )  # fmt: skip
        return F(self.name).desc(**nulls) if down else F(self.name).asc(**nulls)

    def towards(self, lookup, value, reverse):
        side = "lt" if self.descending != reverse else "gt"
        return Q(**{f"{self.name}__{side}{lookup}": value})

    def beyond(self, value, reverse):
        """Rows that come later than `value` by this key alone, or None when there are none."""
        empty = f"{self.name}__isnull"
        if value is None:
            return Q(**{empty: False}) if reverse else None
        later = self.towards("", value, reverse)
        return later | Q(**{empty: True}) if self.nullable and not reverse else later

    def equal(self, value):
        return Q(**({f"{self.name}__isnull": True} if value is None else {self.name: value}))


def nullable(model, path):
    """May a field path be empty? Expressions may; so may anything behind an optional link."""
    for part in path.split("__"):
        if part == "pk":
            return False
        try:
            field = model._meta.get_field(part)
        except (FieldDoesNotExist, AttributeError):
            return True
        if field.null or (field.auto_created and not field.concrete):
            return True
        model = field.related_model
    return False


def keys(model, terms) -> list[Key]:
    """Keys from terms: "field", "-field", an expression or an OrderBy; the id makes it total."""
    found = []
    for number, term in enumerate(terms):
        down = False
        if isinstance(term, str):
            down, term = term.startswith("-"), term.removeprefix("-")
            empty, term = nullable(model, term), F(term)
        else:
            if isinstance(term, OrderBy):
                down, term = term.descending, term.expression
            empty = not isinstance(term, F) or nullable(model, term.name)
        found.append(Key(f"sort_{number}", term, down, empty))
        if isinstance(term, F) and not empty and unique(model, term.name):
            return found  # no two rows are equal any more; what follows would cost the index
    return [*found, Key("pk", descending=bool(found) and found[0].descending)]


def unique(model, path):
    """Does a field of the row itself, or of the row it inherits from, differ in every row?"""
    return "__" not in path and path != "pk" and model._meta.get_field(path).unique


class Walk:
    """A queryset in one total order, read in pages.

    reads: what is told of each row, as paths; rows are then named tuples, which cost a quarter of
    records. Without any, rows are the records.
    """

    def __init__(self, queryset, terms, reads=()):
        self.keys = keys(queryset.model, terms)
        named = {key.name: key.expression for key in self.keys if key.expression is not None}
        self.rows = queryset.annotate(**named)
        self.told = dict.fromkeys(("pk", *named, *reads)) if reads else ()

    def everything(self):
        """All rows in this order, for an export."""
        return self.read(self.rows.order_by(*(key.order(False) for key in self.keys)))

    def one(self, pk):
        """The row with this id, or None."""
        return self.read(self.rows.filter(pk=pk)).first()

    def read(self, rows):
        return rows.values_list(*self.told, named=True) if self.told else rows

    def page(self, limit, row=None, reverse=False) -> list:
        """At most `limit` rows beyond `row` (from the start without one), nearest first."""
        first, found = self.keys[0], []
        parts = [False, True] if first.nullable else [False]
        parts = parts[::-1] if reverse else parts
        here = row is not None and getattr(row, first.name) is None
        if row is not None:
            parts = parts[parts.index(here) :]
        for empty in parts:
            start = row if empty == here else None
            rows = self.part(empty, start, reverse)
            found.extend(rows[: limit - len(found)])
            if len(found) >= limit:
                break
        return found

    def part(self, empty, row, reverse):
        """The rows whose first key is (not) empty, beyond `row`."""
        first, rest = self.keys[0], self.keys[1:]
        rows = self.rows
        if first.nullable:
            rows = rows.filter(**{f"{first.name}__isnull": empty})
        ordered = rest if empty else self.keys
        if row is not None:
            rows = rows.filter(later(ordered, row, reverse))
            if not empty:  # implied by the above; lets the index on the first key begin here
                rows = rows.filter(first.towards("e", getattr(row, first.name), reverse))
        terms = [key.order(reverse, plain=key is first) for key in ordered]
        return self.read(rows.order_by(*terms))


def later(ordered, row, reverse):
    """(a, b, id) beyond the row's, written out because directions and empty values differ."""
    found, equal = Q(), Q()
    for key in ordered:
        value = getattr(row, key.name)
        step = key.beyond(value, reverse)
        if step is not None:
            found |= equal & step
        equal &= key.equal(value)
    return found
