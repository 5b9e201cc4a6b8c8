"""A succession on one screen: recorded in one verb."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State, always
from fsesys.core.roles import HEAD, RESPONSIBLE, SECRETARY

from . import rules

STATES = (
    State("recorded", _("Recorded"), "", "good", closed=True),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=1),
)
MOVES = (
    Move("register_successor", _("Register successor"), ("",), ("recorded",), (SECRETARY,),
         rules=(rules.ever_authorised, rules.another, rules.successor_authorised,
                rules.no_circle, rules.only_one, rules.begun), needs_reason=True, decides=True,
         effects=(_("Both institutions show it; what hangs on the former stays there until it is"
                    " moved or ended."),), done=_("Successor registered")),
    Move("withdraw", _("Withdraw succession"), ("recorded",), ("withdrawn",), (SECRETARY,),
         needs_reason=True, decides=True, danger=True, two=always,
         confirmers=(SECRETARY, RESPONSIBLE, HEAD),
         effects=(_("It never was: no page shows it any more, of no day."),
                  _("A second person confirms.")), done=_("Succession withdrawn")),
    *everyday.MOVES, everyday.CORRECT, everyday.CASE_FILE,
)  # fmt: skip

MACHINE = Machine(
    process="succession", label=_("Successions"), label_one=_("Succession"), number=1,
    states=STATES, moves=MOVES,
)  # fmt: skip
