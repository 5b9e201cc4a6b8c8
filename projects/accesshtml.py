"""The rows of accesses as HTML: each has up to sixteen reasons, too many to ask a template for.

Every text is escaped here; the table around the rows is desk/access_rows.html.
"""

from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

QUIET = '<span class="quiet">{}</span>'.format


def rows(found, here=False, own=False) -> SafeString:
    """`<tr>` elements of `register.shown()`. here: on the project's own page; own: the person's."""
    labels = {"person": _("Person"), "place": _("Institution"), "project": _("Project"),
              "access": _("Access"), "span": _("From and to"), "why": _("Why, or why not")}  # fmt: skip
    left_out = {"project" if here else "", "person" if own else "place"}
    shown = [name for name in labels if name not in left_out]
    cells = [(CELLS[name], escape(labels[name])) for name in shown]
    lines = ("".join(f'<td data-label="{label}">{cell(row)}</td>' for cell, label in cells)
             for row in found)  # fmt: skip
    return mark_safe("\n".join(f"<tr>{line}</tr>" for line in lines))  # noqa: S308


def person(row) -> str:
    return f"{text(row['person'])}<br>{QUIET(text(row['institution']))}"


def place(row) -> str:
    return text(row["institution"])


def project(row) -> str:
    link = f'<a href="{text(row["project_url"])}">{text(row["project"])}</a>'
    return f"{link}<br>{QUIET(text(row['owner']))}"


def access(row) -> str:
    return f'<span class="word word-{text(row["tone"])}">{text(row["word"])}</span>'


def span(row) -> str:
    earlier = _("earlier")
    told = [text(f"{earlier}: {one}") for one in row["earlier"]]
    return "".join([text(row["span"]), *(f"<br>{QUIET(one)}" for one in told)])


def why(row) -> str:
    holds = bool(row["why"]) and row["why"][0]["holds"]
    title = _("Every condition holds") if holds else _("What stands in the way")
    items = "".join(f"<li>{text(reason['words'])}</li>" for reason in row["why"])
    return (f"<details{'' if holds else ' open'}><summary>{text(title)}</summary>"
            f'<ul class="plain-list">{items}</ul></details>')  # fmt: skip


@lru_cache(maxsize=10_000)
def text(words) -> str:
    return escape(words)


CELLS = {
    "person": person,
    "place": place,
    "project": project,
    "access": access,
    "span": span,
    "why": why,
}
