"""The migrated test database, kept as a template: migrating takes 40 s, copying it one.

A template is named by the hash of everything that migrating writes from; a changed migration,
machine or fixture makes a new one. Nothing a test wrote is ever in it: it is copied before any.
"""

import hashlib
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("*/migrations/*.py", "fsesys/*/migrations/*.py", "**/machine.py", "**/fixtures/*.json",
           "**/fixtures/*.csv", "fsesys/core/seed.py", "fsesys/core/grants.py",
           "fsesys/core/everyday.py", "requirements.txt")  # fmt: skip

_turn = []  # the connection that holds the lock while this worker makes the template


def name() -> str:
    found = hashlib.sha256()
    apart = {".venv", "node_modules", "var", "tests"}
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        if not apart & set(path.relative_to(ROOT).parts):
            found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return f"fsesys_template_{found.hexdigest()[:16]}"


def database() -> str:
    return settings.DATABASES["default"]["TEST"]["NAME"]


def _connect():
    given = settings.DATABASES["default"]
    return psycopg.connect(
        host=given["HOST"], port=given["PORT"] or None, user=given["USER"],
        password=given["PASSWORD"] or None, dbname="postgres", autocommit=True,
    )  # fmt: skip


def _run(*statements):
    with _connect() as raw:
        found = [raw.execute(one) for one in statements]
        return found[-1].fetchall() if found[-1].description else []


def _copy(source, target):
    return sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(target), sql.Identifier(source)
    )


def _drop(one):
    return sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(one))


def known() -> list:
    return [row[0] for row in _run(
        "SELECT datname FROM pg_database WHERE datname LIKE 'fsesys_template_%'")]  # fmt: skip


def bring() -> bool:
    """A fresh test database from the template; False where there is none for these sources.

    Of workers side by side the first migrates; the others wait until it has kept the template.
    """
    turn = _connect()
    turn.execute("SELECT pg_advisory_lock(5501)")
    _turn.append(turn)
    _run(_drop(database()))
    if name() not in known():
        return False
    _run(_copy(name(), database()))
    _next()
    return True


def _next():
    while _turn:
        _turn.pop().close()


def keep():
    """Remember the test database as it was migrated, and forget those of other sources."""
    for old in known():
        _run(_drop(old))
    _run(_copy(database(), name()))
    _next()
