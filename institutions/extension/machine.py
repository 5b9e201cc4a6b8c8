"""The extension of an authorisation on one screen: process 1 without a new institution."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State

from ..authorisation.machine import FSE, SECR
from ..authorisation.machine import MACHINE as FIRST
from ..authorisation.rules import agreement_frozen, agreement_says_so
from . import rules

SAME = ("received", "under_evaluation", "awaiting_applicant", "recommended", "advised_against",
        "agreement_drafted", "submitted", "approved", "signed_by_us", "sent")  # fmt: skip
STATES = (
    *(FIRST.state(slug) for slug in SAME),
    State("in_force", _("In force"), "", "good", closed=True, x=8),
    FIRST.state("rejected"), FIRST.state("lapsed"), FIRST.state("withdrawn"),
)  # fmt: skip
VERBS = ("start_evaluation", "ask", "answer", "continue_without_answer", "advise_against",
         "remind", "submit", "return", "register_our_signature", "take_back")  # fmt: skip
PAPER = ("extension_agreement",)
TAKEN_AS = tuple(rule for rule in FIRST.move("recommend").rules
                 if rule.__name__ in ("checklist_answered", "criteria_met",
                                      "recommendation_written"))  # fmt: skip

MOVES = (
    Move("register_extension", _("Register extension"), ("",), ("received",), SECR,
         rules=(rules.authorised, rules.has_responsible, rules.something_new,
                rules.no_narrower_right, rules.received_by_today), decides=True, letters=("extension_receipt",),
         effects=(_("The case gets its number and the FSE responsible gets the task."),),
         done=_("Extension registered")),
    *(FIRST.move(verb) for verb in VERBS),
    replace(FIRST.move("recommend"), rules=TAKEN_AS),
    replace(FIRST.move("draft_agreement"), letters=PAPER),
    replace(FIRST.move("redraft"), letters=PAPER),
    replace(FIRST.move("reject"), letters=("extension_rejection",)),
    replace(FIRST.move("lapse"), letters=("extension_lapse",)),
    replace(FIRST.move("approve"), rules=(agreement_frozen, agreement_says_so, rules.authorised,
                                          rules.has_responsible, rules.named_still)),
    replace(FIRST.move("send"), rules=(agreement_says_so, rules.has_responsible, rules.named_still),
            letters=("extension_cover",)),
    replace(FIRST.move("register_counter_signature"), targets=("in_force",),
            rules=(*FIRST.move("register_counter_signature").rules, rules.authorised,
                   rules.signed_in_office),
            letters=("extension_in_force",), done=_("Extension in force"),
            effects=(_("Scheme and right hold from now; the case closes."),)),
    replace(FIRST.move("withdraw"), sources=SAME, roles=FSE,
            letters=("extension_withdrawal",)),
    *everyday.MOVES, everyday.CORRECT, everyday.CASE_FILE,
)  # fmt: skip

MACHINE = Machine(
    process="extension", label=_("Extensions"), label_one=_("Extension"), number=1,
    states=STATES, moves=MOVES,
    target_days={state: days for state, days in FIRST.target_days.items() if state in SAME},
)  # fmt: skip
