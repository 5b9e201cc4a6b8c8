"""What the letters of a change of responsible person say."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, wording

TITLES = {
    "responsible_declaration": _("Declaration of the responsible person"),
    "responsible_reminder": _("Reminder: we await the signed declaration"),
    "responsible_changed": _("New responsible person registered"),
}


def declaration(case) -> dict:
    return {
        "institution": case.institution.name, "cvr": case.institution.cvr,
        "authorisation_number": case.institution.authorisation_number or "",
        "responsible": {"name": case.person.name, "title": case.person.title},
        "from_on": wording.day(case.from_on), "due_on": wording.day(case.due_on),
    }  # fmt: skip


def reminder(case, sent, gap_since) -> dict:
    """sent: the declaration. gap_since: the day since when nobody is responsible, or None."""
    return declaration(case) | {
        "declaration_number": sent.number, "sent_on": wording.day(clock.day_of(sent.registered_at)),
        "gap_since": wording.day(gap_since),
    }  # fmt: skip


def changed(case, on, former) -> dict:
    return {
        "institution": case.institution.name, "date": wording.day(on),
        "new": case.person.name, "former": former.name if former else "",
    }  # fmt: skip
