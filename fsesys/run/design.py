"""Collects what the pages use of the public design system into var/design/dkfds.

Run as `python -m fsesys.run.design` after `npm ci` and before collectstatic. Taken are the style
sheet (its fonts as woff2 only), every picture it names, and the sprite of icons. The design
system's scripts are left out: no page uses them.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "node_modules" / "dkfds" / "dist"
TARGET = ROOT / "var" / "design" / "dkfds"
STYLES = "css/dkfds.min.css"
SPRITE = "img/all-svg-icons.svg"

FONT = re.compile(r"@font-face\s*\{[^}]*\}")
SRC = re.compile(r"src:[^;}]*")
WOFF2 = re.compile(r"url\([\"']?([^)\"']+\.woff2)[\"']?\)")
NAMED = re.compile(r"url\([\"']?(\.\./[^)\"'#?]+)")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/\s*")


def woff2_only(css: str) -> str:
    """The same style sheet whose fonts come as woff2, and without the map of its sources."""

    def narrow(block):
        font = WOFF2.search(block[0])
        return SRC.sub(f'src:url({font[1]}) format("woff2")', block[0]) if font else ""

    return SOURCE_MAP.sub("", FONT.sub(narrow, css))


def wanted(source: Path) -> dict[Path, bytes]:
    """Path below the target -> bytes: the style sheet, what it names, the sprite."""
    css = woff2_only((source / STYLES).read_text(encoding="utf-8"))
    found = {Path("css/dkfds.css"): css.encode(), Path(SPRITE): (source / SPRITE).read_bytes()}
    for name in sorted(set(NAMED.findall(css))):
        path = Path(name.removeprefix("../"))
        found[path] = (source / path).read_bytes()
    return found


def collect(source: Path = SOURCE, target: Path = TARGET) -> int:
    """Write what is new or differs, remove what is no longer wanted; says how many changed."""
    files, changed = wanted(source), 0
    for path, content in files.items():
        place = target / path
        if not place.exists() or place.read_bytes() != content:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            changed += 1
    for place in target.rglob("*"):
        if place.is_file() and place.relative_to(target) not in files:
            place.unlink()
            changed += 1
    return changed


def main() -> int:
    if not (SOURCE / STYLES).exists():
        print("The design system is not installed: run `npm ci` first.", file=sys.stderr)
        return 1
    print(f"Design system: {collect()} files written to {TARGET.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
