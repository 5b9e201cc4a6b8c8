"""Work on hostile or heavy input in a process that can be killed.

Here: starting such a press, giving it jobs, and saying what went wrong. What a job does stands
in drawing.py (makes a PDF) and reading.py (reads one). A press serves one job at a time.
"""

import atexit
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

from . import press

ROOT = Path(__file__).resolve().parents[3]
FONTS = Path(__file__).resolve().parent / "fonts"
START_SECONDS = 60
GRACE_SECONDS = 5


class Failed(Exception):
    """The job gave no result. `cause` is missing, late, died or failed; `detail` is for the log."""

    def __init__(self, cause: str, detail: str = ""):
        self.cause, self.detail = cause, detail
        super().__init__(f"{cause}: {detail}")


class Press:
    """A server process for one module of jobs, started at the first job and again after a fall."""

    def __init__(self, module: str):
        self.module = module
        self._lock = threading.Lock()
        self._process = self._link = self._owner = None

    def run(
        self, *bodies: bytes, timeout: float, memory_mb: int, facts: dict | None = None
    ) -> bytes:
        """The job's answer. Raises Failed; never waits much longer than `timeout` seconds."""
        with self._lock:
            if not self._alive():
                self._start()
            order = {"timeout": timeout, "memory_mb": memory_mb, "facts": facts}
            try:
                self._link.settimeout(timeout + GRACE_SECONDS)
                press.send(self._link, order, *bodies)
                head, answer = press.receive(self._link)
            except TimeoutError as problem:
                self._stop()
                raise Failed("late", str(problem)) from problem
            except (EOFError, OSError) as problem:
                self._stop()
                raise Failed("died", str(problem)) from problem
        if head["status"] != "done":
            raise Failed(head["status"], answer[0].decode(errors="replace"))
        return answer[0]

    def _alive(self) -> bool:
        # After a fork of ours (a web server's workers) the press belongs to the parent.
        return self._owner == os.getpid() and self._process.poll() is None

    def _start(self) -> None:
        if self._link:
            self._link.close()
        ours, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-s", "-m", press.__name__, self.module],
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            start_new_session=True,  # Ctrl-C in a terminal must not cut a letter in half
            env=_environment(),
        )
        theirs.close()
        ours.settimeout(START_SECONDS)
        self._link, self._owner = ours, os.getpid()
        atexit.register(self._stop)
        try:
            head, _ = press.receive(ours)
        except (EOFError, OSError) as problem:
            self._stop()
            raise Failed("died", str(problem)) from problem
        if head["status"] == "missing":
            self._stop()
            raise Failed("missing", head["detail"])

    def _stop(self) -> None:
        atexit.unregister(self._stop)
        if self._owner != os.getpid():
            return
        self._owner = None
        self._link.close()
        self._process.kill()
        self._process.wait()


def _environment() -> dict[str, str]:
    """Nothing of ours (no database address, no secret), our fonts only, the same order always."""
    return {
        "FONTCONFIG_FILE": str(FONTS / "fonts.conf"),
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": os.defpath,
    }
