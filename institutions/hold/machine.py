"""A hold on one screen. The word "suspended" is not a state: it is computed from the hold's dates."""

from django.utils.translation import gettext_lazy as _

from fsesys.core.holding.machine import machine

from . import rules

MACHINE = machine(
    "institution_hold", _("Holds on institutions"), _("Hold on an institution"), 1,
    stops=_("The institution is suspended from now until the day or the condition."),
    letters=("hold", "hold_prolonged", "hold_lifted"), placing=(rules.authorised,),
    waits_for="institution",
)  # fmt: skip
