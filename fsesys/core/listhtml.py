"""The rows of a list as HTML. A page has 300 cells: a template asked for each of them took most
of the page's time. Every text is escaped here; the table around the rows is a template's.
"""

from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

LONG = 15  # letters from which a link may break


def rows(found) -> SafeString:
    """`<tr>` elements of rows of Cells; the first cell that has a text heads its row."""
    found = list(found)
    frames = (
        [frame(escape(cell.kind), escape(str(cell.label))) for cell in found[0]] if found else ()
    )
    return mark_safe(  # noqa: S308
        "\n".join(f"<tr>{''.join(cells(row, frames))}</tr>" for row in found)
    )


def frame(kind, label) -> tuple:
    """What opens a cell of a column: as the head of its row, with a text, and without one."""
    return (f'<th scope="row" class="is-{kind}">', f'<td class="is-{kind}" data-label="{label}">',
            f'<td class="is-{kind} is-empty" data-label="{label}">')  # fmt: skip


def cells(row, frames):
    """frames: of the columns, the same for every row."""
    head = bool(row[0].text)
    for cell, (first, full, empty) in zip(row, frames, strict=True):
        if head:
            yield f"{first}{content(cell)}</th>"
            head = False
        else:
            yield f"{full if cell.text else empty}{content(cell)}</td>"


def content(cell) -> str:
    """The text of a cell, as a word with its tone, as a link, or plain (components/tag.html)."""
    text = escape(cell.text)
    if cell.kind == "state":
        return f'<span class="word word-{escape(cell.tone or "open")}">{text}</span>'
    if cell.url:
        whole = ' class="nowrap"' if len(cell.text) < LONG else ""
        return f'<a{whole} href="{escape(cell.url)}">{text}</a>'
    return text


def options(item, value) -> SafeString:
    """`<option>` elements of a Filter; the one with the value is chosen."""
    if callable(item.options):
        return _options(item.choices(), value)
    return _fixed(item, value, get_language())


@lru_cache(maxsize=1000)  # fixed choices, each of them translated: the same on every page
def _fixed(item, value, _language):
    return _options(item.choices(), value)


def _options(choices, value):
    return mark_safe(  # noqa: S308
        "\n".join(
            f'<option value="{escape(one.value)}"{" selected" * (one.value == value)}>'
            f"{escape(str(one.label))}</option>"
            for one in choices
        )
    )
