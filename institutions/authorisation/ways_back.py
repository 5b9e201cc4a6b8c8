"""The ways back of process 1: taking back, drafting anew, reopening; and what an undo takes along.

Beside actions.py because each leads against the walk; the same law as there.
"""

from django.db import transaction
from django.utils import translation

from fsesys.core import clock
from fsesys.core.door import hold, perform

from . import documents
from .actions import draft

NOT_SENT = {"agreement": None, "sent_on": None, "remind_on": None, "lapse_on": None,
            "reminded": False}  # fmt: skip


@transaction.atomic
def take_back(case, *, by, reason, **door):
    """Who did the last step took it back before anybody went on."""
    case = hold(case)
    to = {"agreement_drafted": "recommended"}.get(case.state, "under_evaluation")
    if case.state == "submitted":
        to = next(e.from_state for e in reversed(case.story) if e.verb == "submit")
    return perform(
        case, "take_back", by=by, reason=reason, to=to, changes={"agreement": None}, **door
    )


@transaction.atomic
def redraft(case, *, by, reason, language=None, changes=None, **door):
    """The agreement was drafted anew; the old version is superseded, and all is decided again."""
    version = case.agreement_versions.count() + 1
    language = language or case.language
    event = perform(
        case, "redraft", by=by, reason=reason, changes=NOT_SENT | (changes or {}),
        facts={"version": version}, **door,
    )  # fmt: skip
    draft(event, version, language)
    return event


@transaction.atomic
def reopen(case, *, by, reason, paragraph="", **door):
    """A closed case was opened again and is evaluated anew."""
    event = perform(case, "reopen", by=by, reason=reason, changes=NOT_SENT, **door)
    with translation.override(event.case.language):
        context = {"date": documents.day(clock.day_of(event.at))}
        documents.write(event, "reopening", context, paragraph)
    return event


def undo_duplicate(last, event):
    """The institution is a record of its own again."""
    institution = event.case.institution
    institution.duplicate_of = None
    institution.save()


UNDOING = {"close_as_duplicate": undo_duplicate}
