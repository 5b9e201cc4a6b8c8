"""The tests themselves: which role they work as, in threads and after errors and flushes."""

from __future__ import annotations

import threading

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tests.database import as_owner


def roles() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, session_user")
        return cursor.fetchone()


AS_APPLICATION = ("fsesys_app", "fsesys_owner")
AS_OWNER = ("fsesys_owner", "fsesys_owner")


@pytest.mark.django_db
def test_as_owner_lasts_for_its_block():
    assert roles() == AS_APPLICATION
    with as_owner(), as_owner():
        assert roles() == AS_OWNER
    assert roles() == AS_APPLICATION


@pytest.mark.django_db
def test_an_error_as_owner_gives_the_role_back():
    with pytest.raises(DatabaseError), transaction.atomic(), as_owner():
        connection.cursor().execute("select 1/0")
    assert roles() == AS_APPLICATION


@pytest.mark.django_db
def test_truncate_is_refused_by_the_missing_right():
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("truncate core_edge")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("again", [1, 2])
def test_threads_have_the_role_and_seed_rows_survive_the_flush(again):
    found = []

    def work() -> None:
        found.append(roles())
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [AS_APPLICATION] and roles() == AS_APPLICATION
    assert apps.get_model("core", "Edge").objects.exists()
