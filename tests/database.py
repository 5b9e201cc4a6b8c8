"""Tests connect as the owner and work as the application's role, in every thread.

Belongs here: which role a connection of the tests has. `as_owner()` is for what the application
may not do (look behind a guard, flush); what is tested is never inside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from psycopg.pq import TransactionStatus

from tests import template

FROM_MODELS = {"django_content_type", "auth_permission", "django_migrations"}
_owner: ContextVar[bool] = ContextVar("owner", default=False)


def take_role(sender=None, connection=None, **kwargs) -> None:
    """SET ROLE on a new connection, whichever thread it belongs to."""
    if not _owner.get():
        with connection.cursor() as cursor:
            cursor.execute(f'SET ROLE "{settings.DATABASE_APP_ROLE}"')


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the owner of the tables on this thread's connection.

    SET and RESET ROLE roll back with their transaction: after an error inside a transaction the
    rollback gives the role back, and nothing else could.
    """
    if _owner.get():
        yield
        return
    token = _owner.set(True)
    try:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        yield
    finally:
        _owner.reset(token)
        raw = connection.connection
        broken = raw is None or raw.closed
        if not broken and raw.info.transaction_status != TransactionStatus.INERROR:
            take_role(connection=connection)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database is ours to make (template.py): the framework only looks whether it is migrated."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> bool:
    """Before the framework looks: the migrated database, where it is known."""
    return template.bring()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_modify_db_settings, django_db_setup, django_db_blocker
) -> Iterator[None]:
    """The test database is made as owner; from then on every connection takes the role."""
    if not django_db_modify_db_settings:
        with django_db_blocker.unblock():
            connection.close()
        template.keep()
    connection_created.connect(take_role, dispatch_uid="tests.take_role")
    with django_db_blocker.unblock():
        take_role(connection=connection)
    yield
    connection_created.disconnect(dispatch_uid="tests.take_role")
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(scope="session", autouse=True)
def flush_as_owner() -> Iterator[None]:
    """After a transactional test: empty all tables as owner, then what migrations had written."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        from fsesys.core import seed

        with as_owner():
            _empty()
            seed.restore()

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush


def _empty() -> None:
    """Every table but those that follow from the models alone: making them anew takes the longest."""
    tables = {*connection.introspection.django_table_names(only_existing=True, include_views=False),
              "procrastinate_jobs", "procrastinate_events"}  # fmt: skip
    with connection.cursor() as cursor:
        names = ", ".join(f'"{name}"' for name in sorted(tables - FROM_MODELS))
        cursor.execute(f"TRUNCATE {names} CASCADE")
