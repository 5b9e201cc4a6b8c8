"""Finding rows by words at a price that does not follow the size of the register.

Belongs here: in which way PostgreSQL is asked for rows with words. What the words of a record
are and how they are compared is said in names.py.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, F, Func, IntegerField, Subquery, When
from django.db.models.lookups import GreaterThanOrEqual

LATEST = 500  # ids; a word that many records share is found often enough among these


class OneOf(Func):
    """`column = ANY (array)`: the array is read first, then each of its rows by index."""

    template, arg_joiner = "%(expressions)s)", " = ANY ("
    arity, output_field = 2, BooleanField()


def ids(rows):
    return ArraySubquery(rows.values("pk"))


def newest(rows, query, limit):
    """The newest rows with the words, at most `limit` of them.

    A `LIMIT` over the ids makes PostgreSQL read every row when hardly one has the words; an index
    on the words makes it read every row that has them. So the latest rows are looked through
    first, and only when they do not fill the list is the index asked for all.
    """
    lowest = rows.model.objects.order_by("-pk").values(lowest=F("pk") - LATEST)[:1]
    found = rows.filter(words=query)
    latest = ids(found.filter(pk__gt=Subquery(lowest)).order_by("-pk")[:limit])
    every = ids(found.order_by(-F("pk"))[:limit])
    many = GreaterThanOrEqual(
        Func(latest, function="cardinality", output_field=IntegerField()), limit
    )
    chosen = Case(When(many, then=latest), default=every)
    return rows.filter(OneOf("pk", chosen)).order_by("-pk")
