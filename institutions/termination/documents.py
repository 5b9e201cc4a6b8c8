"""What the letters about an ended authorisation say, in the institution's language."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fsesys.core import casepage, clock

from .. import living
from ..changes.selectors import as_of

TITLES = {
    "termination": _("Your authorisation is terminated"),
    "termination_wish": _("Your authorisation ends as you wished"),
}
LETTERS = {"terminate": "termination", "terminate_on_wish": "termination_wish"}


def write(event, template, head, paragraph=""):
    """Issue the letter to who was the institution's responsible person until now."""
    institution = event.case.institution = as_of(event.case.institution, event.at)
    with translation.override(institution.language):
        context = about(institution, event.case, clock.day_of(event.at), event.reason)
        return living.write(event, template, TITLES[template], context, paragraph, head=head)


def about(institution, case, today, reasons) -> dict:
    return {
        "institution": institution.name, "authorisation_number": institution.authorisation_number,
        "day": casepage.day(today), "last_day": casepage.day(case.ends_on or today),
        "at_once": case.ends_on is None, "received_on": casepage.day(case.received_on),
        "reasons": reasons,
    }  # fmt: skip
