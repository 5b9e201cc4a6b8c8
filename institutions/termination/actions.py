"""What happens when an authorisation ends: one function per verb."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from fsesys.core import dependants, facts, issuing
from fsesys.core.clock import after
from fsesys.core.door import begin

from .. import living
from . import documents
from .models import TerminationCase


@transaction.atomic
def terminate(
    institution,
    *,
    by,
    reason,
    ends_on=None,
    listed=(),
    confirmed=False,
    paragraph="",
    **door,
):
    """The chief statistician ended the authorisation, with reasons and complaint guidance."""
    typed = {"ends_on": ends_on, "listed": listed, "confirmed": confirmed}
    return _end(institution, "terminate", typed, paragraph, by=by, reason=reason, **door)


@transaction.atomic
def terminate_on_wish(
    institution,
    *,
    by,
    wished_by,
    received_on,
    upload,
    channel="mail",
    reason="",
    ends_on=None,
    listed=(),
    confirmed=False,
    paragraph="",
    **door,
):
    """The head of FSE ended the authorisation because the institution asked for it."""
    typed = {"ends_on": ends_on, "listed": listed, "confirmed": confirmed,
             "wished_by": wished_by.pk, "received_on": received_on}  # fmt: skip
    event = _end(
        institution, "terminate_on_wish", typed, paragraph, by=by, reason=reason,
        wished_by=wished_by, received_on=received_on, **door,
    )  # fmt: skip
    issuing.file_in(
        event, upload, kind="letter", title=_("The institution's wish to end its authorisation"),
        sender=wished_by.name, received_on=received_on, channel=channel,
    )  # fmt: skip
    return event


def _end(institution, verb, typed, paragraph, *, by, **rest):
    ends_on = typed["ends_on"]
    event = begin(
        TerminationCase, by=by, verb=verb, typed=typed, ends_on=ends_on,
        responsible=living.caretaker(institution),
        facts={"dependants": sorted(typed["listed"]), "ends_on": ends_on and ends_on.isoformat()},
        **living.columns(institution), **rest,
    )  # fmt: skip
    to_at = after(ends_on) if ends_on else event.at
    head = living.head_of(institution, event.at)
    rights = institution.rights.known().filter(Q(to_at=None) | Q(to_at__gt=to_at))
    for rows in ([institution.periods.at(event.at).get()], list(rights)):
        facts.end_all(rows, at=event.at, by=event.by, event=event, to_at=to_at)
    dependants.end(event.facts["dependants"], event, to_at)
    documents.write(event, documents.LETTERS[verb], head, paragraph)
    return event


def _stands_again(last, event):
    """The cases that got a task are told that the authorisation stands again."""
    dependants.undone(last.facts["dependants"], event)


UNDOING = {"terminate": _stands_again, "terminate_on_wish": _stands_again}
