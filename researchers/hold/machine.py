"""A hold on a person, on one screen: the machine of every hold (core.holding), for people."""

from django.utils.translation import gettext_lazy as _

from fsesys.core.holding.machine import machine
from fsesys.core.roles import SECRETARY

MACHINE = machine(
    "person_hold", _("Holds on people"), _("Hold on a person"), 2, keeper=SECRETARY,
    stops=_("The person reaches no data from now until the day or the condition."),
    letters=("person_hold", "person_hold_prolonged", "person_hold_lifted"),
)  # fmt: skip
