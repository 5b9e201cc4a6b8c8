"""What the letters of a change of responsible person say."""

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

TITLES = {
    "responsible_declaration": _("Declaration of the responsible person"),
    "responsible_changed": _("New responsible person registered"),
}


def declaration(case) -> dict:
    return {
        "institution": case.institution.name, "cvr": case.institution.cvr,
        "authorisation_number": case.institution.authorisation_number or "",
        "responsible": {"name": case.person.name, "title": case.person.title},
    }  # fmt: skip


def changed(case, on, former) -> dict:
    return {
        "institution": case.institution.name, "date": date_format(on, "j. F Y"),
        "new": case.person.name, "former": former.name if former else "",
    }  # fmt: skip
