"""The limit of a right to enterprise data on one screen: one verb opens and closes the case."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State
from fsesys.core.roles import CHIEF

from . import rules

STATES = (
    State(
        "limited_to_exempted_projects", _("Limited to exempted projects"), "", "closed", closed=True
    ),
    State("right_ended", _("Right ended"), "", "closed", closed=True, x=1),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=2),
)
MOVES = (
    Move("limit_to_exemption", _("Limit enterprise data to exempted projects"), ("",),
         ("limited_to_exempted_projects",), (CHIEF,), rules=(rules.has_full_right, rules.limit_confirmed),
         needs_reason=True, decides=True, danger=True, letters=("right_limited",),
         effects=(_("From now, people of the institution may use restricted enterprise data on"
                    " exempted projects only; the accesses listed close."),),
         done=_("Enterprise data limited to exempted projects")),
    Move("end_right", _("End right to enterprise data"), ("",), ("right_ended",), (CHIEF,),
         rules=(rules.has_right, rules.end_confirmed), needs_reason=True, decides=True, danger=True,
         letters=("right_ended",),
         effects=(_("From now, people of the institution may not use restricted enterprise data;"
                    " the accesses listed close."),), done=_("Right to enterprise data ended")),
    *everyday.MOVES, everyday.CASE_FILE,
)  # fmt: skip
MACHINE = Machine(
    process="enterprise_right", label=_("Limits of enterprise data"),
    label_one=_("Limit of enterprise data"), number=1, states=STATES, moves=MOVES,
)  # fmt: skip
