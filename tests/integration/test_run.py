"""The embedded PostgreSQL: odd paths, two at once, crashes, refusals in words."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from fsesys.run import office, postgres
from fsesys.run.children import Unable, try_lock
from fsesys.run.cluster import inhabitants
from fsesys.run.postgres import serve, serve_tests

ROOT = Path(__file__).resolve().parents[2]
HOLD = (
    "import sys, time; from pathlib import Path; from fsesys.run.postgres import serve\n"
    "with serve(Path(sys.argv[1])): time.sleep(60)"
)

pytestmark = pytest.mark.slow  # starts servers of its own


def ask(address: str, question: str = "select current_user") -> object:
    with psycopg.connect(address, autocommit=True) as connection:
        return connection.execute(question).fetchone()[0]


def hold(folder: Path) -> subprocess.Popen:
    """Another process that keeps the server of `folder` up."""
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], cwd=ROOT)
    wait_for((folder / "postgres.json").exists)
    return child


def wait_for(condition, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def test_odd_paths_and_two_at_once(tmp_path):
    spaced = tmp_path / "a folder with spaces, a comma and 'quotes'"
    long = tmp_path / ("long" * 20) / ("longer" * 20)
    assert len(str(long)) > 170
    with serve(spaced) as one, serve(long) as two:
        assert ask(one.addresses["DATABASE_URL"]) == "fsesys_app"
        assert ask(two.addresses["MIGRATE_DATABASE_URL"]) == "fsesys_owner"
        assert ask(two.addresses["RETENTION_DATABASE_URL"]) == "fsesys_retention"
        assert one.addresses != two.addresses
    assert not inhabitants(spaced / "postgres") and not (spaced / "postgres.json").exists()


def test_the_application_role_owns_nothing_and_may_not_define(tmp_path):
    with serve(tmp_path) as served:
        with psycopg.connect(served.addresses["DATABASE_URL"]) as connection:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("create table mine ()")
        own = "select count(*) from pg_class where relowner = 'fsesys_app'::regrole"
        assert ask(served.addresses["DATABASE_URL"], own) == 0
        powers = "select rolsuper or rolcreatedb or rolcreaterole from pg_roles where rolname = %s"
        with psycopg.connect(served.addresses["DATABASE_URL"]) as connection:
            assert connection.execute(powers, ["fsesys_app"]).fetchone() == (False,)


def test_a_second_start_joins_and_leaves_the_server_running(tmp_path):
    first = hold(tmp_path)
    try:
        with serve(tmp_path) as joined:
            assert joined.child is None
            assert ask(joined.addresses["DATABASE_URL"]) == "fsesys_app"
        assert ask(joined.addresses["DATABASE_URL"]) == "fsesys_app"
    finally:
        first.terminate()
        first.wait()


@pytest.mark.parametrize("server_too", [False, True])
def test_after_kill_9_of_the_runner_the_next_start_recovers(tmp_path, server_too):
    first = hold(tmp_path)
    server = json.loads((tmp_path / "postgres.json").read_text())["pid"]
    if server_too:
        os.kill(server, signal.SIGKILL)
    first.kill()
    first.wait()
    with serve(tmp_path) as served:
        assert ask(served.addresses["DATABASE_URL"]) == "fsesys_app"
        assert served.child.pid != server


def test_kill_9_of_the_server_loses_nothing(tmp_path):
    with serve(tmp_path) as served:
        with psycopg.connect(served.addresses["MIGRATE_DATABASE_URL"]) as connection:
            connection.execute("create table kept as select 7 as n")
        os.kill(served.child.pid, signal.SIGKILL)
    with serve(tmp_path) as served:
        assert ask(served.addresses["MIGRATE_DATABASE_URL"], "select n from kept") == 7


def test_the_test_servers_never_meet(tmp_path):
    with serve_tests(tmp_path) as one, serve_tests(tmp_path) as two:
        assert one.addresses != two.addresses
        assert ask(one.addresses["DATABASE_URL"], "show fsync") == "off"


def test_a_held_lock_without_a_server_is_refused_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres, "PATIENCE", 0.2)
    with try_lock(tmp_path / "postgres.lock"), pytest.raises(Unable, match="stop that process"):
        with serve(tmp_path):
            pass


def test_the_office_of_a_copy_opens_once(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(office, "VAR", tmp_path)
    monkeypatch.setattr(office, "listen_for_stop", lambda: None)
    with try_lock(tmp_path / "office.lock"):
        assert office.main() == 1
    assert "is open already" in capsys.readouterr().err


def test_what_goes_on_beside_the_office_ends_with_it():
    with contextlib.ExitStack() as stack:
        opened = office.Office(stack, dict(os.environ))
        child = opened.beside("shell", "--command", "import time; time.sleep(60)")
        assert child.poll() is None
    assert child.returncode == -signal.SIGTERM
    with contextlib.ExitStack() as stack:  # one that came to its end is nothing to worry about
        child = office.Office(stack, dict(os.environ)).beside("help")
        assert child.wait(30) == 0


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1", "８０"])
def test_a_wrong_port_is_refused_in_words(port, monkeypatch):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Unable, match="from 1 to 65535"):
        office.door()


def test_without_a_port_the_next_free_one_is_taken(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    with office.door() as one, office.door() as two:
        assert one.getsockname()[1] < two.getsockname()[1]
        monkeypatch.setenv("PORT", str(one.getsockname()[1]))
        with pytest.raises(Unable, match="taken"):
            office.door()


def test_the_command_runs_with_both_addresses_and_its_exit_code_is_ours(tmp_path):
    script = "import os; names = ('DATABASE_URL', 'MIGRATE_DATABASE_URL')\n"
    script += "raise SystemExit(7 if all(os.environ.get(name) for name in names) else 1)"
    command = [
        sys.executable,
        "-m",
        "fsesys.run.postgres",
        "--test",
        "--",
        sys.executable,
        "-c",
        script,
    ]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 7
