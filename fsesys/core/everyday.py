"""Verbs that every case has in every state: file document, note, assign. Machines include `MOVES`."""

from django.utils.translation import gettext_lazy as _

from . import correcting, roles
from .door import perform
from .issuing import file_in
from .machine import ANY, Move
from .refusal import Refused

ALL_STAFF = (
    roles.RESPONSIBLE, roles.SECRETARY, roles.CHIEF, roles.DST_SECRETARY, roles.OFFICER,
    roles.HEAD,
)  # fmt: skip
ANYBODY = tuple(r for r in roles.LABELS if r not in (roles.AUDITOR, roles.ADMINISTRATOR))

MOVES = (
    Move(
        "file_document", _("File document"), (ANY,), (), ALL_STAFF,
        effects=(_("The document is kept on the case. The state does not change."),),
        done=_("Document filed"),
    ),
    Move(
        "note", _("Write note"), (ANY,), (), ALL_STAFF, quiet=True, needs_reason=True,
        effects=(_("The note is kept on the case, for staff only."),), done=_("Note"),
    ),
    Move(
        "assign", _("Assign"), (ANY,), (),
        (roles.RESPONSIBLE, roles.SECRETARY, roles.OFFICER, roles.HEAD), quiet=True,
        effects=(_("The case gets another responsible person."),), done=_("Assigned"),
    ),
    Move(
        "undo", _("Undo"), (ANY,), (), ANYBODY,
        effects=(_("The last step is taken away; its letters and mails do not leave."),
                 _("The undone step stays in the timeline."),), done=_("Undone"),
    ),
    Move("propose", _("Propose"), (ANY,), (), ANYBODY, unlisted=True,
         done=_("Proposed, waits for a second person")),
    Move("decline", _("Decline"), (ANY,), (), ANYBODY, unlisted=True, needs_reason=True,
         done=_("Proposal declined")),
)  # fmt: skip
CORRECT = Move(
    "correct", _("Correct"), (ANY,), (),
    (roles.RESPONSIBLE, roles.SECRETARY, roles.OFFICER, roles.HEAD), needs_reason=True,
    decides=True, rules=(correcting.differs,), two=correcting.rested,
    effects=(_("The old and the new value stay on record."),
             _("Where a decision rested on the old value, a second person confirms."),),
    done=_("Corrected"),
)  # fmt: skip
IMPORT = Move(  # no edge and no button: the database takes it inside a batch row only
    "import", _("Import"), (), (), (roles.RESPONSIBLE, roles.HEAD), unlisted=True, decides=True,
    done=_("Imported from an earlier register"),
)  # fmt: skip
CASE_FILE = Move(
    "case_file",
    _("Make case file"),
    (ANY,),
    (),
    ALL_STAFF,
    quiet=True,
    needs_reason=True,
    effects=(_("Everything on the case is put together in one PDF, kept on the case."),),
    done=_("Case file made"),
)


def file_document(
    case,
    *,
    by,
    upload,
    kind,
    title,
    sender="",
    received_on=None,
    channel="mail",
    direction="in",
    **door,
):
    """Staff filed a document that came in or was written; nothing else changed."""
    event = perform(case, "file_document", by=by, **door)
    return event, file_in(
        event, upload, kind=kind, title=title, sender=sender, received_on=received_on,
        channel=channel, direction=direction,
    )  # fmt: skip


def note(case, *, by, reason, **door):
    """Staff wrote a remark or a phone note on the case."""
    return perform(case, "note", by=by, reason=reason, **door)


def assign(case, *, by, responsible, **door):
    """The case got another responsible person. Raises Refused when that person lacks the role."""
    role = case.machine.keeper
    if responsible.pk not in roles.holders(role).values_list("pk", flat=True):
        raise Refused([
            _("%(person)s does not hold the role %(role)s today.")
            % {"person": responsible, "role": roles.label(role)}
        ])  # fmt: skip
    return perform(
        case, "assign", by=by, changes={"responsible": responsible},
        facts={"responsible": responsible.pk, "before": case.responsible_id}, **door,
    )  # fmt: skip
