"""Child processes that never outlive us, and locks that never outlive us either.

Belongs here: starting, stopping and locking. What is started does not belong here.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)


class Unable(Exception):
    """Something cannot be started; the message is a whole sentence for the terminal."""


class Stop(BaseException):
    """A signal asked us to stop. Not an Exception: nothing may swallow it."""


def spawn(
    args: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    last_word: int = signal.SIGTERM,
    session: bool = True,
    **options: object,
) -> subprocess.Popen:
    """Start a child that gets the signal `last_word` when we die, even by kill -9.

    In a session of its own, Ctrl-C in the terminal reaches us only, and we choose the order
    of stopping. Call it from the main thread: the kernel watches the thread that forked.
    """
    parent = os.getpid()

    def watch_parent() -> None:
        if sys.platform == "linux":
            LIBC.prctl(PR_SET_PDEATHSIG, last_word)
            if os.getppid() != parent:  # we died between fork and prctl
                os._exit(1)

    return subprocess.Popen(
        args, env=env, start_new_session=session, preexec_fn=watch_parent, **options
    )


def stop(child: subprocess.Popen, sign: int = signal.SIGTERM, patience: float = 10) -> None:
    """Ask a child to stop; after `patience` seconds end it and all it started."""
    if child.poll() is None:
        child.send_signal(sign)
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def listen_for_stop() -> None:
    """From now on Ctrl-C, SIGTERM and SIGHUP raise Stop, once; later ones are ignored."""

    def on_signal(number: int, _frame: object) -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise Stop(signal.Signals(number).name)

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, on_signal)


def try_lock(path: Path) -> IO[str] | None:
    """Lock a file for as long as it is held open; None when another process holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held = path.open("a")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        return None
    return held
