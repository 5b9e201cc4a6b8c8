"""What the letters about an association say. They speak the person's language."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from fsesys.core import clock
from fsesys.core.wording import day

from .. import living

TITLES = {
    "association_agreement": _("Agreement on association"),
    "association_refused": _("Your association is not approved"),
    "association_welcome": _("Welcome: your association is active"),
    "association_ended": _("Your association ends"),
}


def write(event, template, facts, paragraph=""):
    """Issue the letter, to the mail that the association is about; `facts(event)` gives what it
    says, asked in the language of the letter."""
    return living.write(event, template, TITLES[template], lambda: facts(event), paragraph,
                        mail=event.case.mail)  # fmt: skip


def about(event) -> dict:
    case = event.case
    return {
        "person": case.person.name, "institution": str(case.institution),
        "ident": case.person.researcher.ident or "", "type": str(case.get_type_display()),
        "day": day(clock.day_of(event.at)), "reasons": event.reason,
    }  # fmt: skip


def agreement(event) -> dict:
    case = event.case
    return about(event) | {
        "title": case.person.title, "mail": case.mail,
        "authorisation_number": case.institution.authorisation_number or "",
        "answerable": case.answerable.name if case.answerable else "",
        "approved_by": case.answered_by.name, "approved_on": day(case.answered_on),
    }  # fmt: skip


def ended(event) -> dict:
    last_on = event.facts["last_on"]
    last_on = dt.date.fromisoformat(last_on) if last_on else clock.day_of(event.at)
    return about(event) | {"reasons": event.case.end_reason, "last_on": day(last_on)}
