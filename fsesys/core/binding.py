"""What stands behind the own pages of a case file: the documents that its frozen list names."""

from django.utils import translation
from django.utils.translation import gettext as _


def bound_in(document) -> list:
    """(document, heading, words for a file that has no pages), in the order of the list."""
    numbers = [row["number"] for row in document.context["bound"]]
    rows = {row.number: row for row in document.case.documents.filter(number__in=numbers)}
    with translation.override(document.language):
        excuse = _("This file can not be shown as pages. It is handed out as a file of its own.")
    return [(rows[number], f"{number} {rows[number].title}", excuse) for number in numbers]
