"""A staff member's record on one screen: who gives roles, names stand-ins and ends accounts."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from .. import everyday
from ..machine import Machine, Move, State, always
from ..roles import ADMINISTRATOR, AUDITOR, CHIEF, HEAD, RESPONSIBLE
from . import rules

STATES = (
    State("active", _("Active")),
    State("ended", _("Ended"), "", "closed", closed=True, x=1),
)
TWO = {"two": always, "confirmers": (HEAD, CHIEF)}
NAMED = (HEAD, CHIEF)
EVERY = {move.verb: move for move in (*everyday.MOVES, everyday.CORRECT, everyday.CASE_FILE)}
READERS = frozenset({ADMINISTRATOR, AUDITOR, CHIEF, HEAD, RESPONSIBLE})

MOVES = (
    Move("open_account", _("Open account"), ("",), ("active",), (ADMINISTRATOR,),
         rules=(rules.name_free,),
         effects=(_("The person can sign in. An account without a role opens nothing."),),
         done=_("Account opened")),
    Move("give_role", _("Give role"), ("active",), (), (ADMINISTRATOR,), needs_reason=True,
         rules=(rules.never_for_oneself, rules.right_confirmer, rules.not_held,
                rules.administers_or_decides, rules.from_today, rules.ends_after), **TWO,
         effects=(_("The head of FSE confirms; the head's own role the chief statistician."),),
         done=_("Role given")),
    Move("end_role", _("End role"), ("active",), (), (ADMINISTRATOR,), needs_reason=True,
         rules=(rules.right_confirmer, rules.held, rules.not_the_last), **TWO,
         effects=(_("The role ends at the moment it is confirmed."),), done=_("Role ended")),
    Move("name_stand_in", _("Name stand-in"), ("active",), (), NAMED, needs_reason=True,
         rules=(rules.stand_in_differs, rules.not_oneself_as_stand_in,
                rules.no_administrator_as_stand_in, rules.named_by_head,
                rules.one_at_a_time, rules.from_today, rules.ends_after),
         effects=(_("The stand-in acts in this person's seat, shown as “on behalf of”."),
                  _("Nobody decides twice on one case through a stand-in."),),
         done=_("Stand-in named")),
    Move("end_stand_in", _("End stand-in"), ("active",), (), NAMED,
         rules=(rules.stands_in,), done=_("Stand-in ended")),
    Move("hand_over", _("Hand over cases"), ("active",), (), (HEAD, RESPONSIBLE),
         needs_reason=True, rules=(rules.to_another, rules.own_or_head, rules.list_unchanged),
         effects=(_("Every open case gets the other person as responsible."),),
         done=_("Cases handed over")),
    Move("end_account", _("End account"), ("active",), ("ended",), (ADMINISTRATOR,),
         needs_reason=True, danger=True, rules=(rules.handed_over, rules.not_the_last),
         effects=(_("Roles and stand-ins end at this moment; the next page is refused."),),
         done=_("Account ended")),
    Move("note", _("Write note"), ("active", "ended"), (), (HEAD, CHIEF), quiet=True,
         needs_reason=True, done=_("Note")),
    replace(EVERY["file_document"], roles=(ADMINISTRATOR, HEAD, CHIEF)),
    replace(EVERY["correct"], sources=("active",), roles=(ADMINISTRATOR,), confirmers=NAMED),
    replace(EVERY["case_file"], roles=NAMED),
    *(replace(EVERY[verb], sources=("active",), roles=(ADMINISTRATOR, HEAD, CHIEF))
      for verb in ("propose", "decline")),
)  # fmt: skip

MACHINE = Machine(
    process="staff", label=_("Staff"), label_one=_("Staff member"), number=0, states=STATES,
    moves=MOVES,
)  # fmt: skip
