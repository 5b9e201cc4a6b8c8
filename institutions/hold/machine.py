"""A hold on one screen. The word "suspended" is not a state: it is computed from the hold's dates.

A hold whose last day has passed is over by itself. Its case is then closed by a job: the end was
decided and told when the hold was placed, so closing the case has no legal effect. (What a hold
that was not precautionary spent is renewed one by one, in the process that granted it.)
"""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State, Step
from fsesys.core.roles import HEAD

from . import rules

STATES = (
    State("running", _("Hold runs"), "institution", "waiting", next_verb="lift_hold"),
    State("lifted", _("Hold lifted"), "", "good", closed=True, x=1),
    State("ended", _("Hold over"), "", "closed", closed=True, x=1, y=1),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=1, y=2),
)
MOVES = (
    Move("place_hold", _("Place hold"), ("",), ("running",), (HEAD,),
         rules=(rules.authorised, rules.cause_given, rules.one_end, rules.end_ahead),
         needs_reason=True, decides=True, danger=True, letters=("hold",),
         effects=(_("The institution is suspended from now until the day or the condition."),
                  _("A hold that is not precautionary spends the accesses it stops: they are"
                    " renewed one by one.")), done=_("Hold placed")),
    Move("prolong", _("Prolong hold"), ("running",), ("running",), (HEAD,),
         rules=(rules.still_running, rules.one_end, rules.end_ahead, rules.later),
         needs_reason=True, decides=True, danger=True, letters=("hold_prolonged",),
         effects=(_("The hold gets the new end; it runs on without a gap."),),
         done=_("Hold prolonged")),
    Move("lift_hold", _("Lift hold"), ("running",), ("lifted",), (HEAD,),
         rules=(rules.still_running,), needs_reason=True, decides=True, letters=("hold_lifted",),
         effects=(_("The hold ends at this moment; the case closes."),), done=_("Hold lifted")),
    Move("close_hold", _("Close case: hold is over"), ("running",), ("ended",), (HEAD,),
         rules=(rules.over,), job=True,
         effects=(_("The hold ended by itself on its last day; only the case closes."),),
         done=_("Case closed: hold is over")),
    *everyday.MOVES, everyday.CASE_FILE,
)  # fmt: skip
STEPS = (
    Step(1, _("Hold placed"), ("place_hold",), ()),
    Step(2, _("Hold over"), ("lift_hold", "close_hold"), ("running",)),
)
MACHINE = Machine(
    process="institution_hold", label=_("Holds on institutions"),
    label_one=_("Hold on an institution"), number=1, states=STATES, moves=MOVES, steps=STEPS,
)  # fmt: skip
