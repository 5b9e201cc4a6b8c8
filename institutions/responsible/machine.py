"""The change of responsible person on one screen: the new person signs, then the role moves."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State
from fsesys.core.roles import HEAD, OFFICER, RESPONSIBLE, SECRETARY
from fsesys.core.rules import signed_elsewhere

from ..authorisation.rules import copy_fits, reminder_due
from . import rules

STATES = (
    State("awaiting_signature", _("Awaits the new person's signature"), "institution", "waiting",
          next_verb="register_signature"),
    State("changed", _("Changed"), "", "good", closed=True, x=1),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=1, y=1),
)  # fmt: skip
FSE = (RESPONSIBLE, SECRETARY, OFFICER, HEAD)

MOVES = (
    Move("register_change", _("Change responsible person"), ("",), ("awaiting_signature",),
         (SECRETARY,), rules=(rules.authorised, rules.somebody_else, rules.asker_fits,
                              rules.asked_before, rules.in_writing, rules.left_before,
                              rules.begins_ahead, rules.begins_under, rules.reachable),
         decides=True, letters=("responsible_declaration",),
         effects=(_("The new person gets a declaration to sign."),
                  _("Where the former person has left, the role ends on that day."),),
         done=_("Change of responsible person registered")),
    Move("register_signature", _("Register signature"), ("awaiting_signature",), ("changed",),
         (SECRETARY,), rules=(rules.authorised, copy_fits, rules.signed_by_new,
                              rules.signed_in_time, rules.still_no_substitute, rules.begins_under),
         decides=True, two=signed_elsewhere, confirmers=(SECRETARY, RESPONSIBLE),
         letters=("responsible_changed",),
         effects=(_("The former person's role ends and the new one begins at this moment,"
                    " or on the later day that was asked for."),),
         done=_("Responsible person changed")),
    Move("remind", _("Remind"), ("awaiting_signature",), (), (SECRETARY, RESPONSIBLE),
         rules=(reminder_due,), quiet=True, job=True, letters=("responsible_reminder",),
         effects=(_("The new person is asked for the declaration once more."),),
         done=_("Reminder sent")),
    Move("withdraw", _("Withdraw"), ("awaiting_signature",), ("withdrawn",), FSE,
         needs_reason=True, danger=True, decides=True,
         effects=(_("The change does not take place."),), done=_("Withdrawn")),
    *everyday.MOVES, everyday.CORRECT, everyday.CASE_FILE,
)  # fmt: skip

MACHINE = Machine(
    process="change_of_responsible", label=_("Changes of responsible person"),
    label_one=_("Change of responsible person"), number=1, states=STATES, moves=MOVES,
    target_days={"awaiting_signature": "target_countersign"},
)  # fmt: skip
