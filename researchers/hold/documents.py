"""What the letters about a hold on a person say. The letter speaks the person's language."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, wording

from .. import living

TITLES = {
    "person_hold": _("Your access to data is stopped"),
    "person_hold_prolonged": _("The stop of your access is prolonged"),
    "person_hold_lifted": _("The stop of your access is lifted"),
}


def write(event, letter, paragraph=""):
    """Issue the letter of the event to the person. letter: as core.holding names it."""
    template = f"person_{letter}"
    return living.write(event, template, TITLES[template], lambda: about(event), paragraph)


def about(event) -> dict:
    case = event.case
    return {
        "ident": case.person.researcher.ident or "", "day": wording.day(clock.day_of(event.at)),
        "cause": case.cause, "precautionary": case.precautionary,
        "until": wording.day(case.until_on), "condition": case.condition, "reasons": event.reason,
    }  # fmt: skip
