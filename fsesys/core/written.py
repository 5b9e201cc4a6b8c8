"""Questions whose SQL is written once.

A list asks the same of its rows on every page, for another instant each time. The ORM takes longer
to write seven subqueries than PostgreSQL takes to answer them. Belongs here: keeping what it wrote,
with the values put in anew. What is asked, and what it means, is said where it is asked.
"""

import datetime as dt

from django.db import connection
from django.db.models.expressions import RawSQL
from django.db.models.query import get_related_populators

LARGEST = 2**63 - 1
ODD = 2**31 - 1000  # an id or number that nobody means, and that every column takes
STOOD_IN = dt.date | int | str | list
_written: dict = {}  # what is asked -> what the ORM wrote of it, with its values


def annotate(rows, questions, **values):
    """`rows` with the annotations that `questions(**values)` gives, a dict of expressions.

    values: ids, instants, days, texts and lists of ids, none of them empty. They may differ from
    call to call; whatever else the questions depend on has to be the same every time. They name
    columns of the rows' own table only.
    """
    return rows.annotate(**_expressions(rows, questions, values))


def alias(rows, questions, **values):
    """The same for answers that only filters ask for."""
    return rows.alias(**_expressions(rows, questions, values))


def told(question, **values) -> list:
    """The rows that the `values_list` of `question(**values)` gives."""
    return list(_answers(_statement(question, values), values))


def records(question, **values) -> list:
    """The records that the queryset of `question(**values)` gives, with what it joins and
    annotates; no prefetching. It reads what the ORM's own iterator reads."""
    statement = _statement(question, values)
    found = statement.klass_info
    first, last = found["select_fields"][0], found["select_fields"][-1] + 1
    names = [column.target.attname for column, *_ in statement.select[first:last]]
    joined = get_related_populators(found, statement.select, "default")
    made = []
    for row in _answers(statement, values):
        record = found["model"].from_db("default", names, row[first:last])
        for other in joined:
            other.populate(row, record)
        record.__dict__ |= {name: row[n] for name, n in statement.annotation_col_map.items()}
        made.append(record)
    return made


def one(question, **values):
    """The first record of them, or None."""
    return next(iter(records(question, **values)), None)


def _statement(question, values):
    """The compiler of the question, with what it wrote as `text` and `asked`."""
    if question not in _written:
        compiler = question(**_stand_ins(values)).query.get_compiler(connection=connection)
        compiler.text, compiler.asked = compiler.as_sql()
        _written[question] = compiler
    return _written[question]


def _answers(statement, values):
    if any(isinstance(value, int) and abs(value) > LARGEST for value in values.values()):
        return ()  # an id that no row can have
    with connection.cursor() as cursor:
        cursor.execute(statement.text, _given(statement.asked, values))
        return statement.results_iter([cursor.fetchall()])


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
    known = dict(zip(map(_plain, _stand_ins(values).values()), values.values(), strict=True))
    return [known.get(_plain(one), one) if isinstance(one, STOOD_IN) else one for one in asked]


def _plain(one):
    return tuple(one) if isinstance(one, list) else one


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
    """Ids, days, instants and texts that nobody ever means, one for each value, of its kind."""
    return {name: _stand_in(n, value) for n, (name, value) in enumerate(values.items())}


def _stand_in(n, value):
    if isinstance(value, int):
        return ODD - n
    if isinstance(value, list):  # asked of by `among` (finding.py), however many they are
        return [ODD - n]
    if isinstance(value, str):
        return f"\x01{n}\x02"
    if isinstance(value, dt.datetime):
        return dt.datetime(1, 1, 1 + n, tzinfo=dt.UTC)
    return dt.date(1, 1, 1 + n)
