"""What the letters about a hold say. The letter speaks the institution's language."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fsesys.core import casepage, clock

from .. import living
from ..changes.selectors import as_of
from ..standing import in_full_force

TITLES = {
    "hold": _("Your authorisation is suspended"),
    "hold_prolonged": _("Your suspension is prolonged"),
    "hold_lifted": _("Your suspension is lifted"),
}


def write(event, template, paragraph=""):
    """Issue the letter of the event to the institution's responsible person."""
    institution = event.case.institution = as_of(event.case.institution, event.at)
    with translation.override(institution.language):
        context = about(institution, event.case, clock.day_of(event.at), event.reason)
        context["in_full_force"] = in_full_force(event.case.institution, event.at)
        return living.write(event, template, TITLES[template], context, paragraph)


def about(institution, case, day, reasons) -> dict:
    return {
        "institution": institution.name, "authorisation_number": institution.authorisation_number,
        "day": casepage.day(day), "cause": case.cause, "precautionary": case.precautionary,
        "until": casepage.day(case.until_on), "condition": case.condition, "reasons": reasons,
    }  # fmt: skip
