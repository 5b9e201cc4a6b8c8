"""The machine of a hold, made for one kind of record. Whether a hold runs follows from its dates.

A hold whose last day has passed is over by itself. Its case is then closed by a job: the end was
decided and told when the hold was placed, so closing the case has no legal effect. (What a hold
that was not precautionary spent is renewed one by one, in the process that granted it.)
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from .. import everyday
from ..machine import Machine, Move, State, Step
from ..roles import CHIEF, HEAD, RESPONSIBLE
from . import rules

SPENDS = _("A hold that is not precautionary spends the accesses it stops: they are renewed one"
           " by one.")  # fmt: skip
CORRECT = replace(everyday.CORRECT, confirmers=(HEAD, CHIEF))  # who may stop somebody confirms
STEPS = (
    Step(1, _("Hold placed"), ("place_hold",), ()),
    Step(2, _("Hold over"), ("lift_hold", "close_hold"), ("running",)),
)


def states(waits_for=""):
    return (
        State("running", _("Hold runs"), waits_for, "waiting", next_verb="lift_hold"),
        State("lifted", _("Hold lifted"), "", "good", closed=True, x=1),
        State("ended", _("Hold over"), "", "closed", closed=True, x=1, y=1),
        State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=1, y=2),
    )


def moves(stops, letters, placing=()):
    """stops: what placing does to the record, in a sentence. letters: templates of the letters
    placed, prolonged, lifted. placing: rules of the record itself."""
    placed, prolonged, lifted = letters
    return (
        Move("place_hold", _("Place hold"), ("",), ("running",), (HEAD,),
             rules=(*placing, rules.cause_given, rules.one_end, rules.end_ahead),
             needs_reason=True, decides=True, danger=True, letters=(placed,),
             effects=(stops, SPENDS), done=_("Hold placed")),
        Move("prolong", _("Prolong hold"), ("running",), ("running",), (HEAD,),
             rules=(rules.still_running, rules.one_end, rules.end_ahead, rules.later),
             needs_reason=True, decides=True, danger=True, letters=(prolonged,),
             effects=(_("The hold gets the new end; it runs on without a gap."),),
             done=_("Hold prolonged")),
        Move("make_final", _("Make hold final"), ("running",), ("running",), (HEAD,),
             rules=(rules.still_running, rules.precautionary), needs_reason=True, decides=True,
             danger=True, letters=(placed,), effects=(_("The hold is no longer precautionary from"
             " this moment; its end stays as it is."), SPENDS), done=_("Hold made final")),
        Move("lift_hold", _("Lift hold"), ("running",), ("lifted",), (HEAD,),
             rules=(rules.still_running,), needs_reason=True, decides=True, letters=(lifted,),
             effects=(_("The hold ends at this moment; the case closes."),), done=_("Hold lifted")),
        Move("close_hold", _("Close case: hold is over"), ("running",), ("ended",), (HEAD,),
             rules=(rules.over,), job=True,
             effects=(_("The hold ended by itself on its last day; only the case closes."),),
             done=_("Case closed: hold is over")),
        CORRECT, *everyday.MOVES, everyday.CASE_FILE,
    )  # fmt: skip


def machine(
    process, label, label_one, number, *, stops, letters, placing=(), waits_for="",
    keeper=RESPONSIBLE,
):  # fmt: skip
    return Machine(
        process=process, label=label, label_one=label_one, number=number, steps=STEPS,
        states=states(waits_for), moves=moves(stops, letters, placing), keeper=keeper,
    )  # fmt: skip
