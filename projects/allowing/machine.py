"""Allowing an institution on a project on one screen: one verb opens and closes the case."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State
from fsesys.core.roles import OFFICER

from ..word import word_given
from . import rules

STATES = (
    State("allowed", _("Allowed"), "", "good", closed=True),
    State("disallowed", _("Not allowed any more"), "", "closed", closed=True, x=1),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=2),
)
MOVES = (
    Move("allow_institution", _("Allow institution"), ("",), ("allowed",), (OFFICER,),
         rules=(rules.owned, word_given, rules.another, rules.authorised, rules.not_yet),
         needs_reason=True, decides=True, letters=("institution_allowed",),
         effects=(_("People of the institution can be granted access from now."),),
         done=_("Institution allowed")),
    Move("disallow_institution", _("Allow institution no more"), ("",), ("disallowed",), (OFFICER,),
         rules=(rules.owned, word_given, rules.allowed_now), needs_reason=True, decides=True,
         danger=True, letters=("institution_disallowed",),
         effects=(_("It ends now. Where only people of the owner or of an allowed institution"
                    " reach a project, its people's accesses are spent."),),
         done=_("Institution no longer allowed")),
    *everyday.MOVES, everyday.CORRECT, everyday.CASE_FILE,
)  # fmt: skip
MACHINE = Machine(
    process="allowed_institution", label=_("Institutions allowed on projects"),
    label_one=_("Institution on a project"), number=3, states=STATES, moves=MOVES, keeper=OFFICER,
)  # fmt: skip
