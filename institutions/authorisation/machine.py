"""Process 1 on one screen: which states, which edges, who, and what follows.

The single source of the edges: edge table, buttons, diagram and role table are made from it.
"""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State, Step
from fsesys.core.roles import CHIEF, DST_SECRETARY, HEAD, OFFICER, RESPONSIBLE, SECRETARY

from . import rules

STATES = (
    State("received", _("Received"), RESPONSIBLE, next_verb="start_evaluation"),
    State("under_evaluation", _("Under evaluation"), RESPONSIBLE, next_verb="recommend", x=1),
    State("awaiting_applicant", _("Awaiting applicant"), "applicant", "waiting",
          next_verb="answer", x=1, y=1),
    State("recommended", _("Recommended"), SECRETARY, next_verb="draft_agreement", x=2),
    State("advised_against", _("Advised against"), RESPONSIBLE, next_verb="submit", x=2, y=1),
    State("agreement_drafted", _("Agreement drafted"), RESPONSIBLE, next_verb="submit", x=3),
    State("submitted", _("Submitted to the chief statistician"), CHIEF, next_verb="approve", x=4),
    State("approved", _("Approved"), DST_SECRETARY, "good",
          next_verb="register_our_signature", x=5),
    State("signed_by_us", _("Signed by us"), SECRETARY, "good", next_verb="send", x=6),
    State("sent", _("Sent to the institution"), "institution", "waiting",
          next_verb="register_counter_signature", x=7),
    State("signed_by_both", _("Signed by both"), SECRETARY, "good",
          next_verb="register_institution", x=8),
    State("authorised", _("Authorised"), "", "good", closed=True, x=9),
    State("rejected", _("Rejected"), "", "bad", closed=True, x=4, y=1),
    State("lapsed", _("Lapsed"), "", "closed", closed=True, x=1, y=2),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=3, y=2),
    State("duplicate", _("Closed as a double"), "", "closed", closed=True, x=4, y=2),
)  # fmt: skip
OPEN = tuple(state.slug for state in STATES if not state.closed)
RESP, SECR = (RESPONSIBLE,), (SECRETARY,)
FSE = (RESPONSIBLE, SECRETARY, OFFICER, HEAD)

MOVES = (
    Move("register_application", _("Register application"), ("",), ("received",), SECR,
         effects=(_("The case gets its number and the FSE responsible gets the task."),),
         letters=("receipt",), done=_("Application registered")),
    Move("start_evaluation", _("Start evaluation"), ("received",), ("under_evaluation",), RESP,
         personal=True, effects=(_("Our clock runs for the evaluation."),),
         done=_("Evaluation started")),
    Move("ask", _("Ask the applicant"), ("under_evaluation",), ("awaiting_applicant",), RESP,
         rules=(rules.questions_asked, rules.due_date_ahead), personal=True,
         effects=(_("Our clock stops until every question is answered."),),
         letters=("questions",), done=_("Questions asked")),
    Move("answer", _("Register answer"), ("awaiting_applicant",),
         ("awaiting_applicant", "under_evaluation"), (SECRETARY, RESPONSIBLE),
         rules=(rules.question_open, rules.answer_given),
         effects=(_("With the last answer the evaluation goes on."),),
         done=_("Answer registered")),
    Move("continue_without_answer", _("Continue without answer"), ("awaiting_applicant",),
         ("under_evaluation",), (SECRETARY, RESPONSIBLE), needs_reason=True,
         effects=(_("Open questions are closed without an answer; the evaluation goes on."),),
         done=_("Continued without answer")),
    Move("remind", _("Remind"), ("awaiting_applicant", "sent"), (), (SECRETARY, RESPONSIBLE),
         rules=(rules.reminder_due,), quiet=True, job=True,
         effects=(_("The letter names the date on which the case can lapse."),),
         letters=("reminder",), done=_("Reminder sent")),
    Move("lapse", _("Let the case lapse"), ("awaiting_applicant", "sent"), ("lapsed",),
         (RESPONSIBLE, SECRETARY), rules=(rules.lapse_due,), decides=True, danger=True,
         effects=(_("The case closes without a decision."),), letters=("lapse",),
         done=_("Lapsed")),
    Move("recommend", _("Recommend"), ("under_evaluation",), ("recommended",), RESP,
         rules=(rules.checklist_answered, rules.criteria_met, rules.enough_researchers,
                rules.recommendation_written, rules.responsible_named),
         personal=True, decides=True,
         effects=(_("The secretary can draft the agreement."),), letters=("recommendation",),
         done=_("Recommended")),
    Move("advise_against", _("Advise against"), ("under_evaluation",), ("advised_against",), RESP,
         rules=(rules.checklist_answered, rules.recommendation_written), personal=True,
         decides=True, effects=(_("The case can be submitted for rejection, without agreement."),),
         letters=("recommendation",), done=_("Advised against")),
    Move("draft_agreement", _("Draft agreement"), ("recommended",), ("agreement_drafted",), SECR,
         rules=(rules.responsible_named,), letters=("agreement",),
         effects=(_("The standard form is filled from the case."),
                  _("It is frozen when the case is submitted.")), done=_("Agreement drafted")),
    Move("submit", _("Submit"), ("agreement_drafted", "advised_against"), ("submitted",), RESP,
         personal=True, decides=True,
         effects=(_("The agreement is frozen and goes to the chief statistician with the"
                    " recommendation."),), done=_("Submitted to the chief statistician")),
    Move("approve", _("Approve"), ("submitted",), ("approved",), (CHIEF,),
         rules=(rules.agreement_frozen, rules.no_other_in_force), decides=True,
         differs_from=("recommend", "advise_against", "submit"),
         effects=(_("The agreement goes to the DST secretary for signature."),),
         done=_("Approved")),
    Move("return", _("Return"), ("submitted",), ("under_evaluation",), (CHIEF,),
         needs_reason=True, decides=True,
         differs_from=("recommend", "advise_against", "submit"),
         effects=(_("Recommendation and agreement are superseded; answers stay."),),
         done=_("Returned")),
    Move("reject", _("Reject"), ("submitted",), ("rejected",), (CHIEF,), needs_reason=True,
         decides=True, danger=True, differs_from=("recommend", "advise_against", "submit"),
         effects=(_("The case closes."),), letters=("rejection",), done=_("Rejected")),
    Move("register_our_signature", _("Register our signature"), ("approved",),
         ("signed_by_us",), (DST_SECRETARY,), rules=(rules.copy_fits, rules.our_date),
         differs_from=("approve",), decides=True,
         effects=(_("The signed agreement returns to FSE."),), done=_("Signed by us")),
    Move("send", _("Send"), ("signed_by_us",), ("sent",), SECR, letters=("cover",),
         effects=(_("The institution has the agreement to sign."),),
         done=_("Sent to the institution")),
    Move("register_counter_signature", _("Register counter-signature"), ("sent",),
         ("signed_by_both",), SECR, rules=(rules.copy_fits, rules.their_signer, rules.their_date),
         differs_from=("approve",), decides=True,
         effects=(_("The counter-signed agreement is filed."),), done=_("Signed by both")),
    Move("register_institution", _("Register institution"), ("signed_by_both",), ("authorised",),
         SECR, rules=(rules.no_other_in_force, rules.substitute_differs),
         differs_from=("approve",), decides=True,
         effects=(_("The institution gets its authorisation number."),
                  _("The authorisation is in force from now; the case closes.")),
         letters=("welcome",), done=_("Institution registered")),
    Move("withdraw", _("Withdraw"), OPEN, ("withdrawn",), FSE, needs_reason=True, danger=True,
         decides=True, effects=(_("The case closes on the applicant's word."),),
         letters=("withdrawal",), done=_("Withdrawn")),
    Move("close_as_duplicate", _("Close as a double"), OPEN, ("duplicate",),
         (RESPONSIBLE, SECRETARY), rules=(rules.earlier_exists,), needs_reason=True, danger=True,
         decides=True, effects=(_("The institution is marked as a double of the earlier one."),),
         done=_("Closed as a double")),
    *everyday.MOVES,
)  # fmt: skip

STEPS = (
    Step(1, _("Application"), ("register_application",), ()),
    Step(2, _("Received and registered"), ("register_application",), ("received",)),
    Step(3, _("Evaluation"), ("recommend", "advise_against"),
         ("under_evaluation", "awaiting_applicant")),
    Step(4, _("Agreement drafted"), ("draft_agreement",), ("recommended",)),
    Step(5, _("Submitted"), ("submit",), ("agreement_drafted", "advised_against")),
    Step(6, _("Decided, signed and sent"), ("send",), ("submitted", "approved", "signed_by_us")),
    Step(7, _("Counter-signed"), ("register_counter_signature",), ("sent",)),
    Step(8, _("Registered"), ("register_institution",), ("signed_by_both",)),
)  # fmt: skip

MACHINE = Machine(
    process="authorisation", label=_("Authorisations"), label_one=_("Authorisation"), number=1,
    states=STATES, moves=MOVES, steps=STEPS,
    target_days={
        "received": "target_evaluation", "under_evaluation": "target_evaluation",
        "recommended": "target_draft", "agreement_drafted": "target_submit",
        "advised_against": "target_submit", "submitted": "target_decision",
        "approved": "target_signature", "signed_by_us": "target_dispatch",
        "sent": "target_countersign", "signed_by_both": "target_register",
    },
)  # fmt: skip
