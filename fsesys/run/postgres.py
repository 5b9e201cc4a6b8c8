"""The embedded PostgreSQL of this checkout, for as long as a command runs.

    python -m fsesys.run.postgres [--test] -- COMMAND ARGUMENTS...

COMMAND finds DATABASE_URL and MIGRATE_DATABASE_URL in its environment. The server's address
is in var/postgres.json while it runs, so that `manage.py` finds it without the two variables.
A second call joins the running server; who started it stops it. A DATABASE_URL that is set
already is left as it is, and nothing is started. With --test every call has a
server of its own, faster and careless about power cuts, so that two test runs never meet.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .children import Stop, Unable, listen_for_stop, spawn, try_lock
from .cluster import APPLICATION, OWNER, RETENTION, Cluster

VAR = Path(__file__).resolve().parents[2] / "var"
TEST_SERVERS = 9
PATIENCE = 30  # seconds for a server that another process is starting


def addresses(cluster: Cluster) -> dict[str, str]:
    """The environment variables that lead to a cluster, one address for each role."""
    return {
        "DATABASE_URL": cluster.url(APPLICATION),
        "MIGRATE_DATABASE_URL": cluster.url(OWNER),
        "RETENTION_DATABASE_URL": cluster.url(RETENTION),
    }


class Served(NamedTuple):
    """A server that answers: its addresses, and its process when we started it ourselves."""

    addresses: dict[str, str]
    child: subprocess.Popen | None = None


@contextlib.contextmanager
def serve(folder: Path = VAR) -> Iterator[Served]:
    """Start the server of `folder`, or join the one that runs there.

    Raises Unable, in words, when it neither starts nor answers.
    """
    note = folder / "postgres.json"
    held = try_lock(folder / "postgres.lock")
    if held is None:
        yield Served(join(note))
        return
    with held:
        note.unlink(missing_ok=True)
        cluster = Cluster(folder / "postgres")
        try:
            cluster.start()
            write(note, {"pid": cluster.child.pid, **addresses(cluster)})
            yield Served(addresses(cluster), cluster.child)
        finally:
            note.unlink(missing_ok=True)
            cluster.stop()


def join(note: Path) -> dict[str, str]:
    """The addresses of a server that another process started, which may still be starting."""
    deadline = time.monotonic() + PATIENCE
    while not note.exists():
        if time.monotonic() > deadline:
            raise Unable(
                f"Another process holds {note.with_suffix('.lock')} but its PostgreSQL does not "
                "answer: stop that process, then start again."
            )
        time.sleep(0.1)
    known = json.loads(note.read_text())
    return {name: known[name] for name in known if name.endswith("_URL")}


def write(note: Path, content: dict) -> None:
    """Write a file so that a reader sees all of it or nothing."""
    fresh = note.with_suffix(".new")
    fresh.write_text(json.dumps(content, indent=1))
    fresh.replace(note)


@contextlib.contextmanager
def serve_tests(folder: Path = VAR) -> Iterator[Served]:
    """A server for one run of the tests: the first of var/test-postgres-1, -2 ... that is free."""
    for number in range(1, TEST_SERVERS + 1):
        data = folder / f"test-postgres-{number}"
        held = try_lock(data.with_suffix(".lock"))
        if held is not None:
            break
    else:
        raise Unable(f"{TEST_SERVERS} runs of the tests are going on here: wait for one to end.")
    with held:
        cluster = Cluster(data, throw_away=True)
        try:
            cluster.start()
            yield Served(addresses(cluster), cluster.child)
        finally:
            cluster.stop()


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run the command in the terminal as if we were not there; returns its exit code.

    Ctrl-C reaches it from the terminal; SIGTERM and SIGHUP to us are passed on.
    """
    child = spawn(command, env=os.environ | environment, session=False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda sign, _frame: child.send_signal(sign))
    code = child.wait()
    return 128 - code if code < 0 else code


def main(arguments: list[str]) -> int:
    """The command line; 2 = called wrongly, 1 = no server, else the exit code of the command."""
    before, dashes, command = (
        arguments[: arguments.index("--")] if "--" in arguments else arguments,
        "--" in arguments,
        arguments[arguments.index("--") + 1 :] if "--" in arguments else [],
    )
    if not dashes or not command or set(before) - {"--test"}:
        print(__doc__, file=sys.stderr)
        return 2
    listen_for_stop()
    try:
        if os.environ.get("DATABASE_URL") and not before:
            return run(command, {})
        with serve_tests() if before else serve() as served:
            return run(command, served.addresses)
    except (Unable, FileNotFoundError, subprocess.SubprocessError) as error:
        print(f"postgres: {error}", file=sys.stderr)
        return 1
    except Stop as sign:
        return 128 + signal.Signals[str(sign)].value


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
