"""An office of any size: a few institutions walked through the actions, then multiplied by COPY.

Belongs here: what the data of benchmarks and of the buffers gate are. Every multiplied row is a
copy of a row that the actions wrote, with ids, numbers and names of its own. COPY runs as owner
with the row triggers of those tables off (they let nobody put five verbs of a case in at once);
foreign keys, CHECK, UNIQUE and EXCLUDE hold throughout, and `broken()` looks up afterwards what
the triggers would have demanded.
"""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from contextlib import contextmanager
from unittest import mock

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Max
from django.utils import translation

from fsesys.core.names import normalise
from fsesys.desk.demo import applications
from institutions import signatures
from institutions.authorisation import documents, signing
from institutions.authorisation.models import AgreementVersion, AuthorisationCase
from institutions.records import Institution, RoleHolding
from tests.database import as_owner
from tests.office import TODAY, Quick

OURS = ("core", "institutions", "researchers", "projects", "deliveries", "outputcheck")
SHARED = {"file", "organisation"}  # rows that many cases point to: kept, not multiplied
STATES = ("authorised", "submitted", "received", "authorised", "under_evaluation", "submitted",
          "authorised", "awaiting_applicant", "sent", "authorised", "rejected", "submitted")  # fmt: skip
PLACES = ("Randers", "Viborg", "Kolding", "Horsens", "Vejle", "Svendborg", "Holstebro", "Skive")


class Again(Quick):
    """The same institution applies once more."""

    def __init__(self, first, n, state):
        self.staff, self.n, self.state, self.domain = first.staff, n, state, first.domain
        self.day = first.day
        with self.now():
            stated = applications.application(first.n, applications.rows()[first.n], self.day)
            event = signing.register_application(
                by=self.staff["secretary"], again=first.case().institution, **stated
            )
        self.number = event.case.number


def walked(staff, states=STATES, earlier=0) -> None:
    """One institution per state, each with `earlier` cases that it withdrew before."""
    with (
        mock.patch.object(signatures, "misfits", lambda *args, **kwargs: ([], {})),
        mock.patch.object(signatures, "base", lambda document, side: b""),
    ):
        for n, state in enumerate(states):
            row = applications.rows()[n]
            start = TODAY - dt.timedelta(days=20 * earlier)
            walk = Quick(staff, n, row, "withdrawn" if earlier else state, start)
            walk.go()
            for left in reversed(range(earlier)):
                walk = Again(walk, n, "withdrawn" if left else state)
                walk.go()


class Originals:
    """The rows that the actions write inside the `with`, to be multiplied afterwards.

    `only`: names of the models whose rows are copied; None for all but those of SHARED.
    """

    def __init__(self, only=None):
        self.only = only

    def __enter__(self):
        self.models = [m for m in apps.get_models() if self.multiplied(m)]
        self.marks = {model: last_id(model) for model in self.models}
        self.copies = 0
        return self

    def multiplied(self, model):
        name = model._meta.model_name
        wanted = name in self.only if self.only else name not in SHARED
        return model._meta.app_label in OURS and wanted

    def __exit__(self, *error):
        self.rows = {model: read(model, mark) for model, mark in self.marks.items()}
        self.rows = {model: rows for model, rows in self.rows.items() if rows}
        self.places = {
            model: {row[model._meta.pk.column]: place for place, row in enumerate(rows)}
            for model, rows in self.rows.items()
        }

    def multiply(self, copies: int) -> None:
        """That many more copies of everything, by COPY, in one transaction."""
        self.first = {model: last_id(model) + 1 for model in self.rows}
        tables = [model._meta.db_table for model in self.rows]
        with transaction.atomic(), as_owner(), untriggered(tables):
            for model in self.rows:
                copy_in(model, self.copied(model, copies))
        self.copies += copies
        settle()

    def copied(self, model, copies):
        """The rows of the model, `copies` times, each with ids and names of its own."""
        moves, pk = self.moves(model), model._meta.pk.column
        renamed = [(name, value) for name, value in RENAMED.items() if name in self.rows[model][0]]
        found = any(field.name == "words" for field in model._meta.local_fields)
        for k in range(copies):
            for row in self.rows[model]:
                new = dict(row)
                for column, places, first, count in moves:
                    place = places.get(row[column])
                    if place is not None:
                        new[column] = first + k * count + place
                for name, value in renamed:
                    if new[name] not in (None, ""):
                        new[name] = value(new, new[pk], self.copies + k + 1)
                if found:
                    new["search"] = words(new)
                yield new

    def moves(self, model):
        """(column, places of the copied rows, first new id, rows per copy) of every id."""
        owners = ((field.column, owner(model, field)) for field in columns(model))
        return [(column, self.places[target], self.first[target], len(self.rows[target]))
                for column, target in owners if target in self.rows]  # fmt: skip


def case_id(row, own):
    return row.get("case_ptr_id", own)


# What must be its own in each copy: column -> (new row, its id, number of the copy) -> value.
# `cvr` is left: environments of one university share it.
RENAMED = {
    "key": lambda row, own, n: uuid.uuid4(),
    "message_id": lambda row, own, n: f"<{uuid.uuid4()}@fsesys>",
    "authorisation_number": lambda row, own, n: row.get("id", own) + 1000,
    "number": lambda row, own, n: numbered(row, own),
    "subject_key": lambda row, own, n: f"institution:{row['institution_id']}"
    if "institution_id" in row else f"copy:{row['subject_key']}:{n}",
    "subject_label": lambda row, own, n: f"{row['subject_label']}, {place(n)}",
    "name_da": lambda row, own, n: f"{row['name_da']}, {place(n)}",
    "name": lambda row, own, n: named(n * 7 + own),
    "due_on": lambda row, own, n: TODAY + dt.timedelta(days=case_id(row, own) * 37 % 120 - 40),
}  # fmt: skip


def place(n):
    return f"{PLACES[n % len(PLACES)]} afd{n:05d}"


def named(n):
    first, last = applications.FIRST, applications.LAST
    return f"{first[n % len(first)]} {last[n // len(first) % len(last)]} nr{n}"


def numbered(row, own):
    """Case and document numbers, beyond those that the sequences have given."""
    old = row["number"]
    if not isinstance(old, str):
        return old  # of a question: counts within its case
    return f"{old[: old.index('-') + 1]}{700_000 + case_id(row, own)}"


def words(row):
    keys = ("number", "subject_label", "name_da", "name_en", "cvr", "name", "mail")
    return normalise(" ".join(str(row[key]) for key in keys if row.get(key)))[:400]


def columns(model):
    return [f for f in model._meta.local_concrete_fields if not f.generated]


def owner(model, field):
    """The model whose id the column holds, or None."""
    if field.primary_key and not field.remote_field:
        return model
    if field.remote_field:
        return field.related_model
    recorded = getattr(model, "instance_type", None)  # a row of history keeps the record's id
    if recorded and recorded._meta.pk.column == field.column:
        return recorded
    return None


def read(model, mark):
    names = [field.column for field in columns(model)]
    sql = ", ".join(f'"{name}"' for name in names)
    pk, table = model._meta.pk.column, model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {sql} FROM {table} WHERE "{pk}" > %s ORDER BY "{pk}"', [mark])
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def last_id(model):
    return model._base_manager.aggregate(last=Max("pk"))["last"] or 0


def copy_in(model, rows):
    """COPY the rows (dicts by column) into the model's table and move its sequence on."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    table, pk = model._meta.db_table, model._meta.pk
    names = ", ".join(f'"{name}"' for name in first)
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in itertools.chain([first], rows):
                copy.write_row(list(row.values()))
        if isinstance(pk, models.AutoField | models.BigAutoField):
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [table, pk.column, last_id(model)],
            )


@contextmanager
def untriggered(tables):
    """Our row triggers of these tables off, as their owner; foreign keys stay."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def settle():
    """What autovacuum does in production: statistics, and the search indexes' waiting lists."""
    vacuum = "" if connection.in_atomic_block else "VACUUM "
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT c.oid::regclass::text FROM pg_class c JOIN pg_am a ON a.oid ="
                       " c.relam WHERE a.amname = 'gin' AND c.relnamespace ="
                       " 'public'::regnamespace")  # fmt: skip
        for (index,) in cursor.fetchall():
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
        cursor.execute(f"{vacuum}ANALYZE")


def crowd(people: int, holdings: int) -> None:
    """People until there are that many, and as many roles of theirs at institutions."""
    person = RoleHolding.person.field.related_model
    places = list(Institution.objects.values_list("pk", flat=True))
    sample = RoleHolding.objects.order_by("pk").first()
    start, have = last_id(person), person.objects.count()
    ids = range(start + 1, start + 1 + max(people - have, 0))
    first, missing = last_id(RoleHolding) + 1, max(holdings - RoleHolding.objects.count(), 0)
    tables = [person._meta.db_table, RoleHolding._meta.db_table]
    with transaction.atomic(), as_owner(), untriggered(tables):
        copy_in(person, ({
            "id": pk, "name": named(pk), "title": "", "mail": f"p{pk}@example.invalid",
            "phone": "", "is_system": False, "search": normalise(f"{named(pk)} p{pk}"),
        } for pk in ids))  # fmt: skip
        copy_in(RoleHolding, ({
            "id": first + n, "institution_id": places[(n * 31 + n // len(ids)) % len(places)],
            "person_id": ids[n % len(ids)], "role": "user", "from_at": sample.from_at,
            "recorded_at": sample.recorded_at, "recorded_by_id": sample.recorded_by_id,
        } for n in range(missing if ids else 0)))  # fmt: skip
    settle()


def broken() -> dict:
    """What the triggers would have refused, counted: {what: rows}. All must be 0."""
    with connection.cursor() as cursor:
        return {what: _count(cursor, sql) for what, sql in DEMANDS.items()}


def _count(cursor, sql):
    cursor.execute(f"SELECT count(*) FROM ({sql}) AS found")
    return cursor.fetchone()[0]


DEMANDS = {
    "a case without the event of its revision": """
        SELECT 1 FROM core_case c WHERE NOT EXISTS (SELECT 1 FROM core_processevent e
        WHERE e.case_id = c.id AND e.revision = c.revision AND e.to_state = c.state)""",
    "a step on no edge": """
        SELECT 1 FROM core_processevent e JOIN core_case c ON c.id = e.case_id
        WHERE e.from_state <> e.to_state AND (c.origin <> 'import' OR e.revision > 1)
        AND NOT EXISTS (SELECT 1 FROM core_edge g
        WHERE g.process = c.process AND g.from_state = e.from_state
        AND g.to_state = e.to_state AND g.verb = e.verb)""",
    "a step that does not begin where the last one ended": """
        SELECT 1 FROM (SELECT e.from_state, coalesce(lag(e.to_state) OVER w, '') AS before,
        e.revision, row_number() OVER w AS place FROM core_processevent e
        WINDOW w AS (PARTITION BY e.case_id ORDER BY e.revision)) AS steps
        WHERE before <> from_state OR revision <> place""",
}


def draft_anew() -> None:
    """The agreements before the chief say whose they are, as the rules ask of them: the copies have
    names of their own."""
    rows = AuthorisationCase.objects.filter(state="submitted")
    table = AgreementVersion._meta.db_table
    with transaction.atomic(), as_owner(), untriggered([table]):
        for case in rows.select_related(*AuthorisationCase.related):
            version = case.agreement
            with translation.override(version.language):
                now = documents.agreement(case, version.version, "")
            version.terms |= {name: now[name] for name in case.in_paper}
            version.save(update_fields=["terms"])


def grow(originals, size: float) -> None:
    """The office of domain.md 7.3, `size` times: institutions, people, roles at institutions."""
    wanted = round(400 * size / len(STATES)) - 1
    originals.multiply(wanted - originals.copies)
    draft_anew()
    crowd(round(8_000 * size), round(25_000 * size))
