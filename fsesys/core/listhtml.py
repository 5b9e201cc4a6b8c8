"""The rows of a list as HTML. A page has 300 cells: a template asked for each of them took most
of the page's time. Every text is escaped here; the table around the rows is a template's.
"""

from html import escape

from django.utils.safestring import SafeString, mark_safe

LONG = 15  # letters from which a link may break


def rows(found) -> SafeString:
    """`<tr>` elements of rows of Cells; the first cell that has a text heads its row."""
    found = list(found)
    labels = [escape(str(cell.label)) for cell in found[0]] if found else []
    return mark_safe(  # noqa: S308
        "\n".join(f"<tr>{''.join(cells(row, labels))}</tr>" for row in found)
    )


def options(choices, value) -> SafeString:
    """`<option>` elements of the Options of a filter; the one with the value is chosen."""
    return mark_safe(  # noqa: S308
        "\n".join(
            f'<option value="{escape(one.value)}"{" selected" * (one.value == value)}>'
            f"{escape(str(one.label))}</option>"
            for one in choices
        )
    )


def cells(row, labels):
    """labels: the headings, escaped; the same for every row."""
    for place, (cell, label) in enumerate(zip(row, labels, strict=True)):
        kind, inside = escape(cell.kind), content(cell)
        if place == 0 and cell.text:
            yield f'<th scope="row" class="is-{kind}">{inside}</th>'
        else:
            empty = "" if cell.text else " is-empty"
            yield f'<td class="is-{kind}{empty}" data-label="{label}">{inside}</td>'


def content(cell) -> str:
    """The text of a cell, as a word with its tone, as a link, or plain (components/tag.html)."""
    text = escape(str(cell.text))
    if cell.kind == "state":
        return f'<span class="word word-{escape(cell.tone or "open")}">{text}</span>'
    if cell.url:
        whole = ' class="nowrap"' if len(cell.text) < LONG else ""
        return f'<a{whole} href="{escape(cell.url)}">{text}</a>'
    return text
