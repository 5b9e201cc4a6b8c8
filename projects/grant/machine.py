"""Granting access on one screen. "Open" and "closed" are not states: the rule of access computes
them from dated facts. What is granted stays granted until it is ended; that it has no effect any
more (an association ended, a hold) is said by the rule, and a spent grant is renewed by a new one.
"""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State, Step
from fsesys.core.roles import HEAD, OFFICER, SECRETARY

from . import rules

STATES = (
    State("requested", _("Access requested"), OFFICER, next_verb="grant"),
    State("granted", _("Access granted"), "", "good", closed=True, x=1),
    State("refused", _("Refused"), "", "bad", closed=True, x=1, y=1),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=1, y=2),
    State("ended", _("Access ended"), "", "closed", closed=True, x=2),
)
WHOLE = (rules.main_record, rules.whole_rule, rules.not_twice)
MOVES = (
    Move("register_request", _("Register request for access"), ("",), ("requested",), (SECRETARY,),
         rules=(rules.main_record, rules.association_runs, rules.asked_in_role, rules.asked_by_today,
                rules.not_twice),
         effects=(_("An FSE officer decides whether the person may reach the project."),),
         done=_("Request registered")),
    Move("renew", _("Renew access"), ("",), ("granted",), (OFFICER,),
         rules=(rules.granted_before, *WHOLE), decides=True,
         effects=(_("A new grant begins now; the spent one stays on record."),),
         done=_("Access renewed")),
    Move("grant", _("Grant access"), ("requested",), ("granted",), (OFFICER,), rules=WHOLE,
         decides=True, letters=("access_granted",),
         effects=(_("The person may reach the project from now on."),), done=_("Access granted")),
    Move("refuse", _("Refuse access"), ("requested",), ("refused",), (OFFICER,), decides=True,
         needs_reason=True, danger=True, letters=("access_refused",),
         effects=(_("The person does not get access; the reasons are told."),),
         done=_("Access refused")),
    Move("withdraw", _("Withdraw request"), ("requested",), ("withdrawn",), (SECRETARY, OFFICER, HEAD),
         needs_reason=True, effects=(_("The request is closed without a decision."),),
         done=_("Request withdrawn")),
    Move("end", _("End access"), ("granted", "ended"), ("ended",), (SECRETARY, OFFICER),
         rules=(rules.still_granted, rules.end_ahead, rules.earlier), needs_reason=True, danger=True,
         decides=True, letters=("access_ended",),
         effects=(_("The access ends now, or with the last day that is stated."),),
         done=_("Access ended")),
    everyday.CORRECT, *everyday.MOVES, everyday.CASE_FILE,
)  # fmt: skip
STEPS = (
    Step(1, _("Requested"), ("register_request", "renew"), ()),
    Step(2, _("Decided"), ("grant", "refuse", "renew"), ("requested",)),
)
MACHINE = Machine(
    process="grant", label=_("Accesses"), label_one=_("Access to a project"), number=2,
    states=STATES, moves=MOVES, steps=STEPS, keeper=OFFICER, imported=everyday.IMPORT,
    target_days={"requested": "target_access"},
)  # fmt: skip
