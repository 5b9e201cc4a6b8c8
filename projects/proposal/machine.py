"""Process 3 on one screen: a proposal or re-proposal, its states, its edges and who.

The version in force is not a state: ProjectPeriod and DataBasis say it, and a re-proposal leaves
them alone until both have signed.
"""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State, Step
from fsesys.core.roles import HEAD, OFFICER, RESPONSIBLE, SECRETARY
from fsesys.core.rules import signed_elsewhere
from institutions.authorisation import rules as first

from . import entry, rules

STATES = (
    State("submitted", _("Submitted"), OFFICER, next_verb="take_case"),
    State("in_assessment", _("In assessment"), OFFICER, next_verb="approve", x=1),
    State("awaiting_applicant", _("Awaiting applicant"), "applicant", "waiting",
          next_verb="answer", x=1, y=1),
    State("returned", _("Returned for revision"), "institution", "waiting",
          next_verb="register_resubmission", y=1),
    State("approved", _("Approved, signed by FSE"), "institution", "waiting",
          next_verb="register_signature", x=2),
    State("in_force", _("In force"), "", "good", closed=True, x=3),
    State("rejected", _("Rejected"), "", "bad", closed=True, x=2, y=1),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=2, y=2),
    State("lapsed", _("Lapsed"), "", "closed", closed=True, x=1, y=2),
)  # fmt: skip
OPEN = tuple(state.slug for state in STATES if not state.closed)
OFFI, SECR, DESK = (OFFICER,), (SECRETARY,), (SECRETARY, OFFICER)
FSE = (RESPONSIBLE, SECRETARY, OFFICER, HEAD)
OWNER = (rules.owner_in_force, rules.not_suspended)
DATABASE = (entry.one_database, entry.database_lasts)
WAITING = ("awaiting_applicant", "returned", "approved")

MOVES = (
    Move("register_proposal", _("Register project proposal"), ("",), ("submitted",), SECR,
         rules=(*OWNER, entry.scheme_held, entry.one_database, entry.database_fits,
                entry.officer_on_duty, *entry.COMPLETE), decides=True, unlisted=True, letters=("proposal_receipt",),
         effects=(_("The project gets its number, and its FSE project owner gets the task."),),
         done=_("Project proposal registered")),
    Move("register_reproposal", _("Register re-proposal"), ("",), ("submitted",), SECR,
         rules=(*OWNER, rules.owner_known, *DATABASE, *entry.COMPLETE, entry.something_new),
         decides=True,
         letters=("proposal_receipt",),
         effects=(_("What is in force stays in force until the new version is signed by both."),),
         done=_("Re-proposal registered")),
    Move("take_case", _("Take case"), ("submitted",), ("in_assessment",), OFFI,
         effects=(_("Our clock runs for the assessment."),), done=_("Case taken")),
    Move("ask", _("Ask the applicant"), ("in_assessment",), ("awaiting_applicant",), OFFI,
         rules=(first.questions_asked, first.due_date_ahead), letters=("proposal_questions",),
         effects=(_("Our clock stops until every question is answered."),),
         done=_("Questions asked")),
    Move("answer", _("Register answer"), ("awaiting_applicant",),
         ("awaiting_applicant", "in_assessment"), DESK,
         rules=(first.question_open, first.answer_given),
         effects=(_("With the last answer the assessment goes on."),),
         done=_("Answer registered")),
    Move("continue_without_answer", _("Continue without answer"), ("awaiting_applicant",),
         ("in_assessment",), DESK, needs_reason=True,
         effects=(_("Open questions are closed without an answer; the assessment goes on."),),
         done=_("Continued without answer")),
    Move("return", _("Return for revision"), ("in_assessment",), ("returned",), OFFI,
         needs_reason=True, decides=True, letters=("proposal_return",),
         effects=(_("The contact person is told what must be changed; the case stays open."),),
         done=_("Returned for revision")),
    Move("register_resubmission", _("Register resubmission"), ("returned",), ("submitted",), SECR,
         rules=(*OWNER, *entry.COMPLETE, entry.something_new), decides=True,
         letters=("proposal_receipt",),
         effects=(_("The proposal gets a new version, shown beside the last."),),
         done=_("Resubmission registered")),
    Move("approve", _("Approve and sign for FSE"), ("in_assessment",), ("approved",), OFFI,
         rules=(*OWNER, *DATABASE, first.checklist_answered, first.criteria_met, rules.no_open_question,
                rules.members_authorised, rules.enterprise_right, rules.enterprise_years,
                rules.external_approvals, rules.signatory_named, rules.not_over),
         decides=True, two=rules.second_person, confirmers=OFFI, letters=("project_agreement",),
         effects=(_("This is the signature of FSE: your name and the time stand on the"
                    " agreement."), _("A project database is confirmed by the head of FSE, whose name"
                    " stands there then."), _("The agreement goes to the signatories to be signed.")),
         done=_("Approved and signed by FSE")),
    Move("register_signature", _("Register signature"), ("approved",), ("in_force",), SECR,
         rules=(*OWNER, entry.database_lasts, first.copy_fits, rules.signatory_that_day, rules.signed_in_time,
                rules.not_over), decides=True, two=signed_elsewhere, confirmers=DESK,
         differs_from=("approve",), letters=("project_in_force",),
         effects=(_("Period and data basis of this version begin, those of the former end."),
                  _("The case closes.")), done=_("In force")),
    Move("register_refusal_to_sign", _("Register refusal to sign"), ("approved",), ("returned",),
         SECR, rules=(rules.refused_by_signatory,), needs_reason=True, decides=True,
         letters=("signature_refused",),
         effects=(_("The contact person can resubmit a revised version."),),
         done=_("Refusal to sign registered")),
    Move("reject", _("Reject"), OPEN, ("rejected",), OFFI, needs_reason=True, decides=True,
         danger=True, letters=("proposal_rejection",), effects=(_("The case closes."),),
         done=_("Rejected")),
    Move("withdraw", _("Withdraw"), OPEN, ("withdrawn",), FSE, needs_reason=True, decides=True,
         danger=True, letters=("proposal_withdrawal",),
         effects=(_("The case closes on the applicant's word."),), done=_("Withdrawn")),
    Move("lapse", _("Let the case lapse"), WAITING, ("lapsed",), DESK, rules=(rules.lapse_due,),
         decides=True, danger=True, letters=("proposal_lapse",),
         effects=(_("The case closes without a decision."),), done=_("Lapsed")),
    Move("take_back", _("Take back"), ("approved",), ("in_assessment",), OFFI, own_last=True,
         needs_reason=True, decides=True,
         effects=(_("The signature of FSE is taken back; the assessment goes on."),),
         done=_("Taken back")),
    Move("redraft", _("Draft anew"), ("approved", "returned"), ("in_assessment",), OFFI,
         rules=(*OWNER, *entry.COMPLETE, entry.something_new), needs_reason=True, decides=True,
         effects=(_("The proposal gets a new version; it is assessed and signed anew."),),
         done=_("Drafted anew")),
    Move("reopen", _("Reopen"), ("rejected", "withdrawn", "lapsed"), ("in_assessment",), (HEAD,),
         rules=(*OWNER, rules.owner_known, entry.one_database, rules.no_other_open,
                rules.not_overtaken),
         needs_reason=True, decides=True,
         letters=("proposal_reopening",),
         effects=(_("The case is open again and assessed anew."),), done=_("Reopened")),
    Move("warn_of_end", _("Warn of the end"), ("in_force",), (), OFFI, quiet=True, job=True,
         rules=(rules.warning_due,), letters=("project_ending",),
         effects=(_("The letter names the last day of the project."),),
         done=_("Warning of the end sent")),
    everyday.CORRECT,
    *everyday.MOVES,
    everyday.CASE_FILE,
)  # fmt: skip
STEPS = (
    Step(1, _("Registered"), ("register_proposal", "register_reproposal", "register_resubmission"),
         ("submitted", "returned")),
    Step(2, _("Assessment"), ("approve",), ("in_assessment", "awaiting_applicant")),
    Step(3, _("Signature of the institution"), ("register_signature",), ("approved",)),
)  # fmt: skip
MACHINE = Machine(
    process="proposal", label=_("Project proposals"), label_one=_("Project proposal"), number=3,
    states=STATES, moves=MOVES, steps=STEPS, keeper=OFFICER, imported=everyday.IMPORT,
    target_days={"submitted": "target_assessment", "in_assessment": "target_assessment",
                 "approved": "target_project_signature"},
)  # fmt: skip
