"""The state diagram of a process as SVG, drawn from its machine; the current state marked."""

from django.utils.html import escape
from django.utils.translation import gettext as _

WIDE, HIGH, GAP_X, GAP_Y = 150, 44, 40, 46


def draw(machine, current="") -> str:
    """The SVG text. Wraps the columns so that it stays readable at the width of a page."""
    places = {state.slug: _place(state) for state in machine.states}
    width = max(x for x, _y in places.values()) + WIDE + 12
    height = max(y for _x, y in places.values()) + HIGH + 12
    lines = [_arrow(places, source, target) for source, target in _pairs(machine)]
    boxes = [_box(state, *places[state.slug], state.slug == current) for state in machine.states]
    title = escape(_("State diagram: %(process)s") % {"process": machine.label})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="IBM Plex Sans, sans-serif" font-size="12"><title>{title}</title>'
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#5a6472"/></marker></defs>'
        f"{''.join(lines)}{''.join(boxes)}</svg>"
    )


def _place(state):
    column, band = state.x % 5, state.x // 5
    return 6 + column * (WIDE + GAP_X), 6 + (band * 3 + state.y) * (HIGH + GAP_Y)


def _pairs(machine):
    return sorted({
        (source, target) for source, target, _verb in machine.edges()
        if source and source != target
    })  # fmt: skip


def _arrow(places, source, target):
    (x1, y1), (x2, y2) = places[source], places[target]
    if y1 == y2:
        start, end = ((WIDE, 0) if x2 > x1 else (0, WIDE)), None
        x1, x2, y1, y2 = x1 + start[0], x2 + start[1], y1 + HIGH // 2, y2 + HIGH // 2
    else:
        down = y2 > y1
        x1, x2 = x1 + WIDE // 2, x2 + WIDE // 2
        y1, y2 = (y1 + HIGH, y2) if down else (y1, y2 + HIGH)
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#8a93a0" '
        'stroke-width="1" marker-end="url(#head)"/>'
    )


def _box(state, x, y, current):
    fill, stroke, weight = ("#fff3c4", "#7a5b00", 3) if current else ("#ffffff", "#5a6472", 1)
    label = str(state.label)
    words, half = label.split(), len(label) // 2
    first = ""
    while words and (not first or len(f"{first} {words[0]}") <= max(20, half)):
        first = f"{first} {words.pop(0)}".strip()
    rest = " ".join(words)
    rows = [first, rest] if rest else [first]
    texts = "".join(
        f'<text x="{x + WIDE // 2}" y="{y + (27 if len(rows) == 1 else 19 + 15 * n)}" '
        f'text-anchor="middle" font-weight="{700 if current else 400}">{escape(row)}</text>'
        for n, row in enumerate(rows)
    )
    return (
        f'<rect x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="5" fill="{fill}" '
        f'stroke="{stroke}" stroke-width="{weight}"/>{texts}'
    )
