"""Questions whose SQL is written once.

A list asks the same of its rows on every page, for another instant each time. The ORM takes longer
to write seven subqueries than PostgreSQL takes to answer them. Belongs here: keeping what it wrote,
with the values put in anew. What is asked, and what it means, is said where it is asked.
"""

import datetime as dt

from django.db import connection
from django.db.models.expressions import RawSQL

_written: dict = {}  # what is asked -> what the ORM wrote of it, with its values


def annotate(rows, questions, **values):
    """`rows` with the annotations that `questions(**values)` gives, a dict of expressions.

    values: ids, instants and days, which may differ from call to call; whatever else the questions
    depend on has to be the same every time. They name columns of the rows' own table only.
    """
    return rows.annotate(**_expressions(rows, questions, values))


def alias(rows, questions, **values):
    """The same for answers that only filters ask for."""
    return rows.alias(**_expressions(rows, questions, values))


def told(question, **values) -> list:
    """The rows, as tuples, of the `values_list` that `question(**values)` gives."""
    if question not in _written:
        _written[question] = question(**_stand_ins(values)).query.sql_with_params()
    sql, asked = _written[question]
    with connection.cursor() as cursor:
        cursor.execute(sql, _given(asked, values))
        return cursor.fetchall()


def _expressions(rows, questions, values) -> dict:
    key = rows.model, questions
    if key not in _written:
        _written[key] = _write(rows.model, questions, values)
    return {
        name: RawSQL(sql, _given(asked, values), gives)  # noqa: S611  the ORM wrote it
        for name, (sql, asked, gives) in _written[key].items()
    }


def _given(asked, values) -> list:
    """What the statement asks for, each stand-in replaced by the value it stands for."""
    known = dict(zip(_stand_ins(values).values(), values.values(), strict=True))
    return [known.get(one, one) if isinstance(one, dt.date | int) else one for one in asked]


def _write(model, questions, values):
    """The SQL of each annotation, with a stand-in wherever one of the values belongs."""
    asked = questions(**_stand_ins(values))
    query = model.objects.annotate(**asked).query
    compiler = query.get_compiler(connection=connection)
    compiler.setup_query()
    if sum(map(bool, query.alias_refcount.values())) > 1:
        raise ValueError("A question may name no table outside but the one of the rows.")
    texts = {name: compiler.compile(query.annotations[name]) for name in asked}
    return {name: (*text, query.annotations[name].output_field) for name, text in texts.items()}


def _stand_ins(values) -> dict:
    """Ids, days and instants that nobody ever means, one for each value, of the same kind."""
    return {name: _stand_in(n, value) for n, (name, value) in enumerate(values.items())}


def _stand_in(n, value):
    if isinstance(value, int):
        return -(10**12) - n
    if isinstance(value, dt.datetime):
        return dt.datetime(1, 1, 1 + n, tzinfo=dt.UTC)
    return dt.date(1, 1, 1 + n)
