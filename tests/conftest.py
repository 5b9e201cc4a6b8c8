"""Fixtures that every test has: the database role, and no network."""

from __future__ import annotations

import gc
import ipaddress
import socket
from collections.abc import Iterator

import pytest
from django.utils import translation

from fsesys.core import parameters
from tests.crowd import together  # noqa: F401
from tests.database import (  # noqa: F401
    django_db_keepdb,
    django_db_modify_db_settings,
    django_db_setup,
    flush_as_owner,
)
from tests.office import case_in, quick_copies, staff, staff_in_english, walk_to  # noqa: F401

WALKS = {"walk_to", "case_in"}  # fixtures that take an institution through the house, a second each


def pytest_collection_modifyitems(items) -> None:
    """`make quick` leaves out what walks or races: it is for while one writes; `make test` has all."""
    for item in items:
        if WALKS & set(item.fixturenames) or "/tests/concurrency/" in str(item.path):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """What is imported stays until the end: the garbage collector need not look at it again."""
    gc.collect()
    gc.freeze()


class NetworkRefused(RuntimeError):
    """A test tried to reach another machine."""


def is_here(family: int, address: object) -> bool:
    """Is this address on this machine?"""
    if family == socket.AF_UNIX:
        return True
    host = str(address[0]) if isinstance(address, tuple) else ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Sockets reach this machine only."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            original = getattr(socket.socket, name)

            def guarded(self, address, original=original):
                if not is_here(self.family, address):
                    raise NetworkRefused(f"Tests do not reach other machines: {address!r}")
                return original(self, address)

            patch.setattr(socket.socket, name, guarded)
        yield


DECLARED = dict(parameters.DEFAULTS)  # as the program has them, before any test changes one


@pytest.fixture(autouse=True)
def letters_leave_at_once(monkeypatch) -> None:
    """No minutes in which a letter waits; what tests the waiting sets them."""
    words = parameters.DEFAULTS["letter_wait_minutes"][1]
    monkeypatch.setitem(parameters.DEFAULTS, "letter_wait_minutes", (0, words))


@pytest.fixture
def waiting(monkeypatch) -> None:
    """Letters wait ten minutes."""
    words = parameters.DEFAULTS["letter_wait_minutes"][1]
    monkeypatch.setitem(parameters.DEFAULTS, "letter_wait_minutes", (10, words))


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
