"""A change of facts on one screen: recorded at once, or with a supplementary agreement to sign."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State
from fsesys.core.roles import HEAD, OFFICER, RESPONSIBLE, SECRETARY
from fsesys.core.rules import signed_elsewhere

from . import rules

STATES = (
    State("recorded", _("Recorded"), "", "good", closed=True, x=1),
    State("awaiting_supplement", _("Awaits the supplementary agreement"), "institution",
          "waiting", next_verb="register_supplement"),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=1, y=1),
)  # fmt: skip

MOVES = (
    Move("change_facts", _("Change facts"), ("",), ("recorded", "awaiting_supplement"),
         (SECRETARY,), needs_reason=True, decides=True,
         rules=(rules.authorised, rules.as_shown, rules.something_differs,
                rules.no_more_than_agreed, rules.from_when, rules.supplement_told),
         effects=(_("The new facts hold from the day you write; earlier days keep the old."),
                  _("Letters that were sent stay as they were sent."),),
         letters=("supplementary_agreement",), done=_("Facts changed")),
    Move("register_supplement", _("Register supplementary agreement"), ("awaiting_supplement",),
         ("recorded",), (SECRETARY,),
         rules=(rules.authorised, rules.copy_fits, rules.signed_by_responsible, rules.signed_in_time),
         decides=True, two=signed_elsewhere, confirmers=(SECRETARY, RESPONSIBLE),
         effects=(_("The schemes in the supplement hold from now; the case closes."),),
         done=_("Supplementary agreement registered")),
    Move("withdraw", _("Close without supplement"), ("awaiting_supplement",), ("withdrawn",),
         (RESPONSIBLE, SECRETARY, OFFICER, HEAD), needs_reason=True, danger=True, decides=True,
         effects=(_("What was recorded stays; schemes that waited for the signature do not change."),),
         done=_("Closed without supplement")),
    *everyday.MOVES, everyday.CORRECT, everyday.CASE_FILE,
)  # fmt: skip

MACHINE = Machine(
    process="change_of_facts", label=_("Changes of facts"), label_one=_("Change of facts"),
    number=1, states=STATES, moves=MOVES,
    target_days={"awaiting_supplement": "target_countersign"},
)  # fmt: skip
