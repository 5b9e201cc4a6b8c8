"""The child side of isolation: one server process, one short-lived child per job.

Run as `python -m fsesys.core.letters.press <module>`; talks over the socket on descriptor 0.
The module is imported once (that is what costs a second), then every job runs in a fork with
limits on memory, processor time and wall time. Nothing of Django is loaded here, and the
environment is empty: what breaks in a hostile file breaks in a process that knows nothing.
"""

import importlib
import json
import os
import resource
import select
import signal
import socket
import struct
import sys
import time

HEADER = struct.Struct("!Q")


def send(link: socket.socket, head: dict, *bodies: bytes) -> None:
    """One message: length, JSON head with the sizes, then the bodies."""
    text = json.dumps({**head, "sizes": [len(body) for body in bodies]}).encode()
    link.sendall(HEADER.pack(len(text)) + text)
    for body in bodies:
        link.sendall(body)


def receive(link: socket.socket) -> tuple[dict, list[bytes]]:
    """The next message. Raises EOFError when the other side is gone."""
    head = json.loads(_exactly(link, HEADER.unpack(_exactly(link, HEADER.size))[0]))
    return head, [_exactly(link, size) for size in head.pop("sizes")]


def _exactly(link: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = link.recv(min(size - len(parts), 1 << 20))
        if not part:
            raise EOFError("the other side has closed the connection")
        parts += part
    return bytes(parts)


def serve(link: socket.socket, module: str) -> None:
    """Answer jobs until the parent is gone. A module that cannot be loaded is told, not raised."""
    try:
        job, missing = importlib.import_module(module), ""
    except (ImportError, OSError) as problem:
        job, missing = None, str(problem)
    send(link, {"status": "missing" if missing else "ready", "detail": missing})
    while job:
        try:
            head, bodies = receive(link)
        except EOFError:
            return
        status, body = in_child(job, head, bodies)
        send(link, {"status": status}, body)


def in_child(job, head: dict, bodies: list[bytes]) -> tuple[str, bytes]:
    """Run the job in a fork: ("done" | "failed" | "late" | "died", what it wrote)."""
    inlet, outlet = os.pipe()
    child = os.fork()
    if not child:
        os.close(inlet)
        _work(job, head, bodies, outlet)
    os.close(outlet)
    written, late = _collect(inlet, head["timeout"])
    os.close(inlet)
    if late:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if late:
        return "late", b""
    return {b"+": "done", b"-": "failed"}.get(written[:1], "died"), written[1:]


def _collect(inlet: int, timeout: float) -> tuple[bytes, bool]:
    """Everything the child writes until it ends, and whether the time ran out first."""
    ends, written = time.monotonic() + timeout, bytearray()
    while select.select([inlet], [], [], max(0, ends - time.monotonic()))[0]:
        part = os.read(inlet, 1 << 20)
        if not part:
            return bytes(written), False
        written += part
    return b"", True


def _work(job, head: dict, bodies: list[bytes], outlet: int) -> None:
    """In the child: limits, the job, its answer, and out; never back into the server's loop."""
    answer = b""
    try:
        os.close(0)
        _limit(int(head["memory_mb"]) << 20, int(head["timeout"]) + 1)
        answer = b"+" + job.run(head.get("facts") or {}, *bodies)
    except MemoryError:
        answer = b"-memory"
    except BaseException as problem:  # the child ends here whatever happened
        answer = b"-" + f"{type(problem).__name__}: {problem}".encode(errors="replace")[:500]
    finally:
        view = memoryview(answer)
        while view:
            view = view[os.write(outlet, view) :]
        os._exit(0)


def _limit(memory: int, seconds: int) -> None:
    for what, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        try:
            resource.setrlimit(what, (limit, limit))
        except (ValueError, OSError):
            continue  # not every system knows every limit; the wall time holds everywhere


if __name__ == "__main__":
    serve(socket.socket(fileno=0), sys.argv[1])
