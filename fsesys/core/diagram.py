"""The state diagram of a process as SVG, drawn from its machine; the current state marked."""

from django.utils.html import escape
from django.utils.translation import gettext as _

WIDE, HIGH, GAP_X, GAP_Y = 150, 44, 40, 46
MANY = 5  # a verb found in more states than this is told in words


def draw(machine, current="") -> str:
    """The SVG text. Wraps the columns so that it stays readable at the width of a page."""
    places = {state.slug: _place(state) for state in machine.states}
    width = max(x for x, _y in places.values()) + WIDE + 12
    height = max(y for _x, y in places.values()) + HIGH + 12
    lines = [_arrow(places, source, target) for source, target in _pairs(machine)]
    told = _from_everywhere(machine)
    boxes = [
        _box(state, *places[state.slug], state.slug == current, state.slug in told)
        for state in machine.states
    ]
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
    return 6 + column * (WIDE + GAP_X), 44 + (band * 3 + state.y) * (HIGH + GAP_Y)


def _pairs(machine):
    """The arrows drawn. A verb found in very many states is told in words on its target."""
    return sorted({
        (source, target) for source, target, verb in machine.edges()
        if source and source != target and len(machine.move(verb).sources) <= MANY
    })  # fmt: skip


def _from_everywhere(machine):
    """States that a verb reaches from almost everywhere."""
    return {t for m in machine.moves if len(m.sources) > MANY for t in m.targets}


def _arrow(places, source, target):
    """A straight line to the neighbour; around the boxes in a bow to anything further."""
    (x1, y1), (x2, y2) = places[source], places[target]
    if y1 == y2 and abs(x2 - x1) == WIDE + GAP_X:
        x1, x2 = (x1 + WIDE, x2) if x2 > x1 else (x1, x2 + WIDE)
        path = f"M{x1} {y1 + HIGH // 2} L{x2} {y2 + HIGH // 2}"
    elif y1 == y2:
        x1, x2 = x1 + WIDE // 2, x2 + WIDE // 2
        path = f"M{x1} {y1} C{x1} {y1 - GAP_Y} {x2} {y2 - GAP_Y} {x2} {y2}"
    else:
        shift = 20 if y2 > y1 else -20  # the way there and the way back lie beside each other
        x1, x2 = x1 + WIDE // 2 + shift, x2 + WIDE // 2 + shift
        y1, y2 = (y1 + HIGH, y2) if y2 > y1 else (y1, y2 + HIGH)
        bend = (y2 - y1) // 2
        path = f"M{x1} {y1} C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}"
    return f'<path d="{path}" fill="none" stroke="#5a6472" marker-end="url(#head)"/>'


def _box(state, x, y, current, told):
    fill, stroke, weight = ("#fff3c4", "#7a5b00", 3) if current else ("#ffffff", "#5a6472", 1)
    label = str(state.label)
    if told:
        label = _("%(label)s (from any open state)") % {"label": label}
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
