"""The exemption of a project on one screen: one verb opens and closes the case."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.hanging import hanging_confirmed
from fsesys.core.machine import Machine, Move, State
from fsesys.core.roles import CHIEF, OFFICER

from . import rules

STATES = (
    State("exempted", _("Exempted"), "", "good", closed=True),
    State("refused", _("Exemption refused"), "", "bad", closed=True, x=1),
    State("exemption_ended", _("Exemption ended"), "", "closed", closed=True, x=2),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=3),
)
MOVES = (
    Move("exempt", _("Exempt project"), ("",), ("exempted",), (CHIEF,),
         rules=(rules.owned, rules.asked_by_entitled, rules.not_yet), needs_reason=True,
         decides=True, letters=("exemption_granted",),
         effects=(_("From now, people of institutions with a right by exemption may use restricted"
                    " enterprise data on this project."),), done=_("Project exempted")),
    Move("refuse_exemption", _("Refuse exemption"), ("",), ("refused",), (CHIEF,),
         rules=(rules.owned, rules.not_yet), needs_reason=True, decides=True,
         letters=("exemption_refused",), effects=(_("The project has no exemption."),),
         done=_("Exemption refused")),
    Move("end_exemption", _("End exemption"), ("",), ("exemption_ended",), (CHIEF,),
         rules=(rules.runs, hanging_confirmed), needs_reason=True, decides=True, danger=True,
         letters=("exemption_ended",),
         effects=(_("The exemption ends now; the accesses listed close."),),
         done=_("Exemption ended")),
    *everyday.MOVES, everyday.CASE_FILE,
)  # fmt: skip
MACHINE = Machine(
    process="exemption", label=_("Exemptions of projects"), label_one=_("Exemption of a project"),
    number=3, states=STATES, moves=MOVES, keeper=OFFICER,
)  # fmt: skip
