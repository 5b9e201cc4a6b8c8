"""A change of roles on one screen: each verb is the whole case.

The responsible person is changed in a process of its own, because the new one must sign.
"""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State
from fsesys.core.roles import SECRETARY

from ..responsible.rules import (
    asked_before,
    asker_fits,
    authorised,
    begins_under,
    in_writing,
    reachable,
)
from . import rules

ASKED = (authorised, asker_fits, asked_before, in_writing)
STATES = (
    State("registered", _("Registered"), "", "good", closed=True, x=1),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=1, y=1),
)
MOVES = (
    Move("add_role", _("Add role"), ("",), ("registered",), (SECRETARY,),
         rules=(*ASKED, reachable, begins_under, rules.begins_within, rules.not_responsible, rules.not_twice),
         decides=True, effects=(_("The person holds the role from that day; the case closes."),),
         done=_("Role added")),
    Move("end_role", _("End role"), ("",), ("registered",), (SECRETARY,),
         rules=(*ASKED, rules.some_role_held, rules.ends_sooner), decides=True,
         effects=(_("The role ends with that day; the case closes."),), done=_("Role ended")),
    *everyday.MOVES, everyday.CORRECT, everyday.CASE_FILE,
)  # fmt: skip

MACHINE = Machine(
    process="change_roles", label=_("Changes of roles"), label_one=_("Change of roles"), number=1,
    states=STATES, moves=MOVES,
)  # fmt: skip
