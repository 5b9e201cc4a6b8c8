"""Finding rows by words at a price that does not follow the size of the register.

Belongs here: in which way PostgreSQL is asked for rows with words. What the words of a record
are and how they are compared is said in names.py.
"""

from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Func, Value

LATEST = 500  # ids; a word that many records share is found often enough among these


class OneOf(Func):
    """`column = ANY (array)`: the array is read first, then each of its rows by index."""

    template, arg_joiner = "%(expressions)s)", " = ANY ("
    arity, output_field = 2, BooleanField()


def among(pks, column="pk"):
    """The column is one of these ids, as one value however many they are (written.py)."""
    return OneOf(F(column), Value(pks, ArrayField(BigIntegerField())))


def ids(rows, column="pk"):
    return ArraySubquery(rows.values(column))


NEWEST = """CASE WHEN cardinality(ARRAY({latest})) >= {limit} THEN ARRAY({latest})
    ELSE ARRAY({every}) END"""
EVERY = """SELECT id FROM "{table}" WHERE words @@ to_tsquery('simple', %(words)s)
    ORDER BY -id LIMIT {limit}"""
SOME = """SELECT id FROM "{table}" WHERE words @@ to_tsquery('simple', %(words)s)
    AND id > (SELECT max(id) FROM "{table}") - {window} ORDER BY id DESC LIMIT {limit}"""


def newest(models, words, limit) -> list:
    """For each model the ids of its newest rows with the words (`prefix_words()`), newest first,
    at most `limit` of them; one statement for all.

    A `LIMIT` over the ids makes PostgreSQL read every row when hardly one has the words; an index
    on the words makes it read every row that has them. So the latest rows are looked through
    first, and only when they do not fill the list is the index asked for all.
    """
    with connection.cursor() as cursor:
        cursor.execute(_asked(tuple(models), int(limit)), {"words": words})
        return list(cursor.fetchone())


@lru_cache
def _asked(models, limit) -> str:
    parts = []
    for model in models:
        given = {"table": model._meta.db_table, "limit": limit, "window": LATEST}
        latest, every = SOME.format(**given), EVERY.format(**given)
        parts.append(NEWEST.format(latest=latest, every=every, limit=limit))
    return f"SELECT {', '.join(parts)}"
