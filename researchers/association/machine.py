"""The association agreement on one screen. That it is active says that the paper is in order; from
when until when the person is associated is said by the dated fact, which the rule of access reads.
"""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.hanging import hanging_confirmed
from fsesys.core.machine import Machine, Move, State, Step
from fsesys.core.roles import HEAD, OFFICER, RESPONSIBLE, SECRETARY
from fsesys.core.rules import signed_elsewhere

from . import rules

STATES = (
    State("requested", _("Association requested"), "institution", "waiting",
          next_verb="register_approval"),
    State("approved", _("Approved by the institution"), SECRETARY, next_verb="activate", x=1),
    State("active", _("Associated"), "", "good", x=2),
    State("refused", _("Refused by the institution"), "", "bad", closed=True, x=1, y=1),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=2, y=1),
    State("ended", _("Association ended"), "", "closed", closed=True, x=3),
)  # fmt: skip
MOVES = (
    Move("register_request", _("Register request for association"), ("",), ("requested",),
         (SECRETARY,),
         rules=(rules.in_full_force, rules.told_who, rules.main_record, rules.own_mail,
                rules.both_papers, rules.answered_for, rules.doubles_confirmed,
                rules.received_by_today),
         decides=True,
         effects=(_("The responsible person or a substitute of the institution is to approve."),),
         done=_("Request for association registered")),
    Move("register_approval", _("Register approval"), ("requested",), ("approved",), (SECRETARY,),
         rules=(rules.authorised, rules.answered_in_role, rules.never_oneself,
                rules.approval_filed), decides=True,
         letters=("association_agreement",),
         effects=(_("The person gets the agreement and the declaration to sign."),),
         done=_("Approved by the institution")),
    Move("register_refusal", _("Register refusal"), ("requested",), ("refused",), (SECRETARY,),
         rules=(rules.answered_in_role, rules.never_oneself), decides=True, needs_reason=True,
         danger=True, letters=("association_refused",),
         effects=(_("The case is closed; the person is told the reason."),),
         done=_("Refused by the institution")),
    Move("activate", _("Activate association"), ("approved",), ("active",), (SECRETARY,),
         rules=(rules.in_full_force, rules.main_record, rules.copy_fits, rules.signed_by_person,
                rules.signed_in_time, rules.proof_seen, rules.answered_for, rules.ident_fits),
         decides=True, two=signed_elsewhere, confirmers=(SECRETARY, RESPONSIBLE),
         letters=("association_welcome",),
         effects=(_("The association begins at this moment."),
                  _("The person has an ident from now on, for ever.")),
         done=_("Association activated")),
    Move("name_answerable", _("Name answerable employee"), ("requested", "approved", "active"), (),
         (SECRETARY,), rules=(rules.needs_answerable, rules.fit_to_answer), decides=True,
         effects=(_("Another employee of the institution answers from now on."),),
         done=_("Answerable employee named")),
    Move("end", _("End association"), ("active", "ended"), ("ended",),
         (SECRETARY, OFFICER, HEAD),
         rules=(rules.still_runs, rules.spoken_for, rules.within, hanging_confirmed),
         decides=True, danger=True, letters=("association_ended",),
         effects=(_("The association ends now, or with the last day that is stated, also one that"
                    " has passed."),
                  _("Every access that rests on it closes at the same instant.")),
         done=_("Association ended")),
    Move("withdraw", _("Withdraw request"), ("requested", "approved"), ("withdrawn",),
         (SECRETARY, OFFICER, HEAD), needs_reason=True,
         effects=(_("The request is closed without a decision."),), done=_("Request withdrawn")),
    everyday.CORRECT, *everyday.MOVES, everyday.CASE_FILE,
)  # fmt: skip
STEPS = (
    Step(1, _("Requested"), ("register_request",), ()),
    Step(2, _("Approved"), ("register_approval", "register_refusal"), ("requested",)),
    Step(3, _("Active"), ("activate",), ("approved",)),
    Step(4, _("Ended"), ("end",), ("active",)),
)
MACHINE = Machine(
    process="association", label=_("Associations"), label_one=_("Association agreement"),
    number=2, states=STATES, moves=MOVES, steps=STEPS, keeper=SECRETARY, imported=everyday.IMPORT,
    target_days={"approved": "target_association"},
)  # fmt: skip
