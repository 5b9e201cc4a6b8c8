"""Many people in one second: real threads with real connections, and who of them won."""

from __future__ import annotations

import contextvars
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from fsesys.core.cases import ProcessEvent
from fsesys.core.refusal import AlreadyDone, Refused
from fsesys.core.rules import when


def rounds(few) -> list:
    """How often a race is run: a few times in `make test`, a thousand in `make soak`."""
    return [pytest.param(few, id=f"{few}"), pytest.param(1000, id="1000", marks=pytest.mark.soak)]


class Crowd:
    """Threads with a connection each, kept for one test: people do not sign in for every click."""

    def __init__(self):
        self.pools = {}

    def __call__(self, acts) -> list:
        """Do all acts at one moment, each in a thread; what each returned or raised."""
        count = len(acts)
        patience = max(10, 2 * count)  # s: so many stand in one queue, and this process has one GIL
        pool = self.pools.setdefault(count, ThreadPoolExecutor(count))
        gate = threading.Barrier(count)
        running = [
            pool.submit(contextvars.copy_context().run, self._act, gate, act, patience)
            for act in acts
        ]
        return [future.result(timeout=60 + 2 * patience) for future in running]

    @staticmethod
    def _act(gate, act, patience):
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{patience}s'")
                cursor.execute(f"SET statement_timeout = '{2 * patience}s'")
            gate.wait(timeout=20 + patience)
            return act()
        except Exception as error:  # noqa: BLE001 - the test judges it
            return error

    def leave(self):
        """Every thread closes its connection; they meet first, so that none does it for two."""
        for count, pool in self.pools.items():
            gate = threading.Barrier(count)
            left = [pool.submit(self._leave, gate) for _thread in range(count)]
            for future in left:
                future.result(timeout=30)
            pool.shutdown()

    @staticmethod
    def _leave(gate):
        gate.wait(timeout=20)
        connection.close()


@pytest.fixture
def together(transactional_db):
    crowd = Crowd()
    yield crowd
    crowd.leave()


def judge(results):
    """Exactly one won; every other one was told who did what and when. Returns the event."""
    events = [r for r in results if isinstance(r, ProcessEvent)]
    assert len(events) == 1, [r for r in results if not isinstance(r, ProcessEvent)][:3]
    winner = ProcessEvent.objects.select_related("by").get(pk=events[0].pk)
    for lost in results:
        if lost is events[0]:
            continue
        if isinstance(lost, AlreadyDone):
            assert lost.event.pk == winner.pk
            continue
        assert isinstance(lost, Refused), repr(lost)
        words = " ".join(lost.refusals)
        assert winner.by.name in words and when(winner.at) in words, words
    return winner
