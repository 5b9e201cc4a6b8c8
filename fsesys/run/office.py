"""`make run`: the whole office on one machine, until Ctrl-C.

Belongs here: the order in which things start and stop. PostgreSQL first and last; then the
schema, static files, the demo's institutions; then web, job worker and the rest of the demo side
by side. FSESYS_DEMO=0 leaves the demo out; DATABASE_URL and MIGRATE_DATABASE_URL name another
PostgreSQL; HOST and PORT the door.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from .children import Stop, Unable, listen_for_stop, spawn, stop, try_lock
from .postgres import VAR, serve

ROOT = VAR.parent
ACCOUNTS = (
    "responsible", "secretary", "chief", "dst-secretary", "officer", "head", "data-manager",
    "checker-a", "checker-b", "finance", "auditor", "administrator",
)  # fmt: skip
FIRST_PORT, PORTS = 8000, 200
THREADS = "4"


class Office:
    """The children of one run and the order of ending them."""

    def __init__(self, stack: contextlib.ExitStack, env: dict[str, str]) -> None:
        self.stack = stack
        self.env = env
        self.lasting: dict[str, subprocess.Popen] = {}

    def do(self, *command: str) -> None:
        """Run one management command to its end. Raises Unable when it fails."""
        child = spawn([sys.executable, "manage.py", *command], env=self.env, cwd=ROOT)
        try:
            code = child.wait()
        finally:
            stop(child)
        if code:
            raise Unable(f"`manage.py {command[0]}` failed; the lines above say why.")

    def keep(self, name: str, *module: str, **options: object) -> None:
        """Start a child that lasts as long as the office."""
        child = spawn([sys.executable, *module], env=self.env, cwd=ROOT, **options)
        self.lasting[name] = child
        self.stack.callback(stop, child)

    def beside(self, *command: str) -> subprocess.Popen:
        """Start a management command that goes on while the office is open, and gives way to it."""
        polite = ["nice", "-n", "5", sys.executable, "manage.py", *command]
        child = spawn(polite, env=self.env, cwd=ROOT)
        self.stack.callback(stop, child)
        return child

    def watch(self) -> None:
        """Wait until a child ends by itself, which is never right."""
        while True:
            for name, child in self.lasting.items():
                if child.poll() is not None:
                    raise Unable(f"The {name} ended by itself (exit code {child.returncode}).")
            time.sleep(0.3)


def door() -> socket.socket:
    """The listening socket: PORT if given, else 8000 or the next free one.

    We bind and the web server inherits, so that two clones never race for a port.
    """
    host, wanted = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "")
    if wanted and not (wanted.isascii() and wanted.isdigit() and 0 < int(wanted) < 65536):
        raise Unable(f"PORT is {wanted!r}; write a number from 1 to 65535.")
    ports = [int(wanted)] if wanted else range(FIRST_PORT, FIRST_PORT + PORTS)
    for port in ports:
        try:
            return socket.create_server((host, port), backlog=128)
        except OSError:
            continue
    raise Unable(f"Port {wanted} is taken or not ours." if wanted else "No port is free.")


def fingerprint() -> str:
    """Changes whenever a static file or a package that brings static files changes."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    own = [top for top in sorted(ROOT.glob("*/static")) if top.parent != VAR]
    for top in (VAR / "design", *own, *sorted(ROOT.glob("fsesys/*/static"))):
        for path in sorted(top.rglob("*")):
            if path.is_file():
                found = path.stat()
                digest.update(
                    f"{path.relative_to(ROOT)} {found.st_size} {found.st_mtime_ns}\n".encode()
                )
    return digest.hexdigest()


def collect_static(office: Office) -> None:
    """Collect static files when they changed since they were last collected."""
    stamp, now = VAR / "static-collected", fingerprint()
    if (VAR / "static").is_dir() and stamp.exists() and stamp.read_text() == now:
        return
    office.do("collectstatic", "--noinput", "--clear", "--verbosity=0")
    stamp.write_text(now)


def address(listening: socket.socket) -> str:
    """Where a browser on this machine finds the office."""
    host, port = listening.getsockname()[:2]
    return f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}/"  # noqa: S104


def wait_until_open(office: Office, where: str) -> None:
    """Wait for the first answer of the web server, whatever it says. Raises Unable after 60 s."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if any(child.poll() is not None for child in office.lasting.values()):
            return  # watch() says which
        try:
            urllib.request.urlopen(where, timeout=5).close()  # noqa: S310
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise Unable("The web server does not answer; the lines above say why.")


def announce(where: str, demo: bool) -> None:
    """Tell the person at the terminal where to go and who they may be."""
    print(f"\n  FSESYS is open at {where}")
    if demo:
        password = os.environ.get("FSESYS_DEMO_PASSWORD") or "demo"
        print(f"  Demo accounts, all with the password {password!r}:")
        for start in range(0, len(ACCOUNTS), 6):
            print("    " + "  ".join(ACCOUNTS[start : start + 6]))
    print("  Ctrl-C stops everything.\n", flush=True)


def open_office(stack: contextlib.ExitStack) -> None:
    """Start everything in order; returns only by Stop or Unable."""
    lock = try_lock(VAR / "office.lock")
    if lock is None:
        raise Unable("The office of this copy is open already: stop that one first (Ctrl-C there).")
    stack.enter_context(lock)
    for left in (VAR / "upload").glob("*.upload*"):  # of uploads that a crash cut off
        left.unlink(missing_ok=True)
    demo = os.environ.get("FSESYS_DEMO", "1").lower() not in ("", "0", "false", "no", "off")
    listening = stack.enter_context(door())
    env = os.environ | {"FSESYS_DEMO": str(int(demo)), "FSESYS_DEBUG": "0"}
    env.setdefault("DJANGO_SETTINGS_MODULE", "fsesys.settings.dev")
    served = None
    if not os.environ.get("DATABASE_URL"):
        served = stack.enter_context(serve())
        env |= served.addresses
    office = Office(stack, env)
    if served and served.child:
        office.lasting["database"] = served.child
    office.do("migrate", "--noinput", "--verbosity=0")
    collect_static(office)
    if demo:
        office.do("demo", "--first")
    office.keep("job worker", "manage.py", "procrastinate", "worker")
    office.keep(
        "web server", "-m", "gunicorn", "fsesys.wsgi", f"--bind=fd://{listening.fileno()}",
        "--workers=1", f"--threads={THREADS}", "--no-control-socket", "--log-level=warning",
        "--graceful-timeout=5", pass_fds=[listening.fileno()],
    )  # fmt: skip
    wait_until_open(office, address(listening))
    announce(address(listening), demo)
    if demo:
        office.beside("demo")  # the rest: a few minutes; cut off, it goes on at the next start
    office.watch()


def main() -> int:
    """The command line; 0 = stopped on request, 1 = could not start, or a part ended by itself."""
    listen_for_stop()
    try:
        with contextlib.ExitStack() as stack:
            open_office(stack)
    except Unable as error:
        print(f"office: {error}", file=sys.stderr)
        return 1
    except Stop:
        print("\nThe office is closed.", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
