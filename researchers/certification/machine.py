"""A result of the test on one screen: registered or brought in, and closed at once.

"Certified" is not a state: until when a pass counts follows from the parameter in force on the day
asked about. Training from others is filed for information and never fulfils the condition.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State, always
from fsesys.core.roles import HEAD, OFFICER, SECRETARY

from . import rules

STATES = (
    State("passed", _("Test passed"), "", "good", closed=True),
    State("failed", _("Test failed"), "", "bad", closed=True, y=1),
    State("filed", _("Training filed"), "", "closed", closed=True, y=2),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=1),
)
MOVES = (
    Move("register_result", _("Register result of the test"), ("",), ("passed", "failed"),
         (SECRETARY,), rules=(rules.ident_open, rules.not_ahead, rules.old_enough, rules.within,
                             rules.tries_left, rules.not_passed), decides=True,
         effects=(_("All answers right: the person is certified from that day."),
                  _("A result that is not a pass is kept too.")), done=_("Result registered")),
    Move("file_training", _("File training from others"), ("",), ("filed",), (SECRETARY,),
         rules=(rules.ident_open, rules.training_not_ahead, rules.old_enough),
         effects=(_("It is kept for information. It does not replace the test."),),
         done=_("Training filed")),
    Move("withdraw", _("Withdraw result"), ("passed", "failed", "filed"), ("withdrawn",),
         (SECRETARY,), needs_reason=True, decides=True, danger=True, two=always,
         confirmers=(SECRETARY, OFFICER, HEAD),
         effects=(_("It never counted: a certificate that rests on it is gone, from its first day."),
                  _("A second person confirms.")), done=_("Result withdrawn")),
    Move("remind", _("Remind of the test"), ("passed",), (), (SECRETARY,), job=True, unlisted=True,
         letters=("certification_reminder",), done=_("Reminded of the test")),
    everyday.CORRECT, *everyday.MOVES, everyday.CASE_FILE,
)  # fmt: skip
MACHINE = Machine(
    process="certification", label=_("Certifications"), label_one=_("Certification"), number=2,
    states=STATES, moves=MOVES, keeper=SECRETARY,
    imported=replace(everyday.IMPORT, roles=(SECRETARY,)),
)  # fmt: skip
