"""Finding rows by words at a price that does not follow the size of the register.

Belongs here: in which way PostgreSQL is asked for rows with words. What the words of a record
are and how they are compared is said in names.py.
"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Func
from django.db.models.expressions import RawSQL

LATEST = 500  # ids; a word that many records share is found often enough among these


class OneOf(Func):
    """`column = ANY (array)`: the array is read first, then each of its rows by index."""

    template, arg_joiner = "%(expressions)s)", " = ANY ("
    arity, output_field = 2, BooleanField()


def ids(rows, column="pk"):
    return ArraySubquery(rows.values(column))


NEWEST = """"{table}"."id" = ANY (CASE
    WHEN cardinality(ARRAY({latest})) >= {limit} THEN ARRAY({latest}) ELSE ARRAY({every}) END)"""
EVERY = """SELECT id FROM "{table}" WHERE words @@ to_tsquery('simple', %s)
    ORDER BY -id LIMIT {limit}"""
SOME = """SELECT id FROM "{table}" WHERE words @@ to_tsquery('simple', %s)
    AND id > (SELECT max(id) FROM "{table}") - {window} ORDER BY id DESC LIMIT {limit}"""


def newest(rows, query, limit):
    """The newest rows with the words (`prefix_words()`), at most `limit` of them.

    A `LIMIT` over the ids makes PostgreSQL read every row when hardly one has the words; an index
    on the words makes it read every row that has them. So the latest rows are looked through
    first, and only when they do not fill the list is the index asked for all.
    """
    given = {"table": rows.model._meta.db_table, "limit": int(limit), "window": LATEST}
    sql = NEWEST.format(latest=SOME.format(**given), every=EVERY.format(**given), **given)
    return rows.filter(RawSQL(sql, [query] * 3, BooleanField())).order_by("-pk")  # noqa: S611
