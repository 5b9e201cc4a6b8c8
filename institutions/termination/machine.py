"""The end of an authorisation on one screen: one verb opens and closes the case.

The authorisation number stays with the institution, which may apply anew afterwards.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State
from fsesys.core.roles import CHIEF, HEAD

from . import rules

STATES = (
    State("terminated", _("Terminated"), "", "bad", closed=True),
    State("ended_on_wish", _("Ended at the institution's wish"), "", "closed", closed=True, x=1),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=2),
)
ENDS = (
    _("The authorisation, the right to enterprise data and every role end at the same instant."),
    _("Open cases of the institution get a task: somebody decides what happens to each."),
)
CORRECT = replace(everyday.CORRECT, confirmers=(CHIEF,))  # who may end one confirms
MOVES = (
    Move("terminate", _("Terminate authorisation"), ("",), ("terminated",), (CHIEF,),
         rules=(rules.in_force, rules.end_ahead, rules.earlier, rules.hanging_confirmed),
         needs_reason=True, decides=True, danger=True, effects=ENDS, letters=("termination",),
         done=_("Authorisation terminated")),
    Move("terminate_on_wish", _("End authorisation at the institution's wish"), ("",),
         ("ended_on_wish",), (HEAD,),
         rules=(rules.in_force, rules.wish_valid, rules.end_ahead, rules.earlier,
                rules.hanging_confirmed),
         decides=True, danger=True, effects=ENDS, letters=("termination_wish",),
         done=_("Authorisation ended at the institution's wish")),
    *everyday.MOVES, CORRECT, everyday.CASE_FILE,
)  # fmt: skip
MACHINE = Machine(
    process="termination", label=_("Ended authorisations"), label_one=_("End of authorisation"),
    number=1, states=STATES, moves=MOVES,
)  # fmt: skip
