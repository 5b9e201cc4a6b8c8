"""The yearly review on one screen: asked of the institution, confirmed by FSE."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State
from fsesys.core.roles import HEAD, OFFICER, RESPONSIBLE, SECRETARY

from . import rules

STATES = (
    State("due", _("Review due"), RESPONSIBLE, next_verb="confirm_review"),
    State("confirmed", _("Confirmed"), "", "good", closed=True, x=1),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=1, y=1),
)
BOTH = (RESPONSIBLE, SECRETARY)

MOVES = (
    Move("open_review", _("Begin yearly review"), ("",), ("due",), BOTH, job=True,
         rules=(rules.authorised,), letters=("yearly_review",),
         effects=(_("The institution is asked to confirm what we have on record."),),
         done=_("Yearly review begun")),
    Move("confirm_review", _("Confirm review"), ("due",), ("confirmed",), BOTH, decides=True,
         rules=(rules.authorised, rules.all_checked),
         effects=(_("The next review is a year on."),), done=_("Review confirmed")),
    Move("withdraw", _("Withdraw"), ("due",), ("withdrawn",),
         (RESPONSIBLE, SECRETARY, OFFICER, HEAD), needs_reason=True, danger=True, decides=True,
         effects=(_("The review is not held; the next one is due as before."),),
         done=_("Withdrawn")),
    *everyday.MOVES, everyday.CORRECT, everyday.CASE_FILE,
)  # fmt: skip

MACHINE = Machine(
    process="review", label=_("Yearly reviews"), label_one=_("Yearly review"), number=1,
    states=STATES, moves=MOVES,
)  # fmt: skip
