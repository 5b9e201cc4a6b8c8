"""Two records of one human being: the secretary names them, the head of FSE confirms.

A link is one step deep: the record that stays is never itself closed, so there is no chain. A
wrong link is taken away by the same two people.
"""

from django.utils.translation import gettext_lazy as _

from fsesys.core import everyday
from fsesys.core.machine import Machine, Move, State, always
from fsesys.core.roles import HEAD, OFFICER, SECRETARY

from . import rules

STATES = (
    State("named", _("Waits for the head of FSE"), HEAD, next_verb="link_records"),
    State("linked", _("Linked"), "", "good", closed=True, x=1),
    State("unlinked", _("Link taken away"), "", "closed", closed=True, x=2),
    State("withdrawn", _("Withdrawn"), "", "closed", closed=True, x=1, y=1),
)
SAME = (rules.two_records, rules.stays_open, rules.no_aliases, rules.ident_stays)
MOVES = (
    Move("name_record", _("Link with another record of the same person"), ("",), ("named",),
         (SECRETARY,), rules=SAME, needs_reason=True, decides=True,
         effects=(_("The head of FSE is asked to confirm."),), done=_("Two records named as one")),
    Move("link_records", _("Link the records"), ("named",), ("linked",), (SECRETARY,), rules=SAME,
         decides=True, two=always, confirmers=(HEAD,), danger=True,
         effects=(_("Both records show that they are one human being; nothing is moved."),
                  _("The ident of this record is closed and stays an alias.")),
         done=_("Records linked")),
    Move("unlink_records", _("Take the link away"), ("linked",), ("unlinked",), (SECRETARY,),
         rules=(rules.still_linked,), needs_reason=True, decides=True, two=always,
         confirmers=(HEAD,), danger=True,
         effects=(_("The records are of two human beings again; the closed ident opens."),
                  _("Certificates and holds of one record no longer count for the other.")),
         done=_("Link taken away")),
    Move("withdraw", _("Withdraw"), ("named",), ("withdrawn",), (SECRETARY, OFFICER, HEAD),
         needs_reason=True, effects=(_("The records are not linked."),), done=_("Withdrawn")),
    *everyday.MOVES,
    everyday.CASE_FILE,
)  # fmt: skip
MACHINE = Machine(
    process="same_person", label=_("Links of two records"), label_one=_("Link of two records"),
    number=2, states=STATES, moves=MOVES, keeper=SECRETARY,
)  # fmt: skip
