"""The early end of a project on one screen.

Where the owner's authorisation or the project database ends, a case waits for the officer's
decision; else one verb does it.
"""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State
from fsesys.core.roles import OFFICER

from ..word import word_given
from . import rules

STATES = (
    State("awaiting_decision", _("Awaiting decision"), OFFICER, next_verb="confirm_end"),
    State("project_ended", _("Project ended"), "", "closed", closed=True, x=1),
    State("kept", _("Project goes on"), "", "good", closed=True, x=1, y=1),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=1, y=2),
)
ENDS = (
    _("Period and data basis of the project end now, and every access to it with them."),
    _(
        "Open cases and subprojects of the project get a task: somebody decides what happens to"
        " each."
    ),
)
OFFI = (OFFICER,)
MOVES = (
    Move("ask_for_decision", _("Ask for a decision"), ("",), ("awaiting_decision",), OFFI,
         unlisted=True, job=True, effects=(_("An officer decides whether the project ends."),),
         done=_("Decision asked for")),
    Move("end_project", _("End project early"), ("",), ("project_ended",), OFFI,
         rules=(rules.runs, word_given, rules.hanging_confirmed), needs_reason=True, decides=True,
         danger=True, effects=ENDS, letters=("project_ended",), done=_("Project ended early")),
    Move("confirm_end", _("End project"), ("awaiting_decision",), ("project_ended",), OFFI,
         rules=(rules.runs, rules.hanging_confirmed), needs_reason=True, decides=True, danger=True,
         effects=ENDS, letters=("project_ended",), done=_("Project ended")),
    Move("keep_project", _("Let project go on"), ("awaiting_decision",), ("kept",), OFFI,
         needs_reason=True, decides=True, effects=(_("The case closes; the project is as it was."),),
         done=_("Project goes on")),
    *everyday.MOVES, everyday.CORRECT, everyday.CASE_FILE,
)  # fmt: skip
MACHINE = Machine(
    process="project_end", label=_("Projects ended early"), label_one=_("Early end of a project"),
    number=3, states=STATES, moves=MOVES, keeper=OFFICER,
)  # fmt: skip
