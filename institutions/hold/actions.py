"""What happens with a hold: one function per verb."""

from django.db import transaction

from fsesys.core import facts
from fsesys.core.clock import after
from fsesys.core.door import begin, hold, perform

from .. import living
from ..records import InstitutionHold
from . import documents, selectors
from .models import HoldCase


@transaction.atomic
def place_hold(
    institution,
    *,
    by,
    reason,
    cause,
    precautionary=False,
    until_on=None,
    condition="",
    paragraph="",
    **door,
):
    """The head of FSE stopped the institution until a day or until a condition."""
    end = {"until_on": until_on, "condition": condition.strip()}
    event = begin(
        HoldCase, by=by, verb="place_hold", reason=reason, typed=end | {"cause": cause},
        responsible=living.caretaker(institution), cause=cause, precautionary=precautionary,
        facts=_told(end) | {"precautionary": precautionary}, **end, **living.columns(institution),
        **door,
    )  # fmt: skip
    InstitutionHold.objects.create(
        institution=institution, case=event.case, cause=cause,
        precautionary=precautionary, condition=end["condition"], from_at=event.at,
        to_at=after(until_on) if until_on else None, recorded_at=event.at, recorded_by=event.by,
        event=event,
    )  # fmt: skip
    documents.write(event, "hold", paragraph)
    return event


@transaction.atomic
def prolong(case, *, by, reason, until_on=None, condition="", paragraph="", **door):
    """The head of FSE gave the running hold another end."""
    case, end = hold(case), {"until_on": until_on, "condition": condition.strip()}
    event = perform(
        case, "prolong", by=by, reason=reason, typed=end, changes=end, facts=_told(end), **door
    )
    facts.replace(
        selectors.of(case), at=event.at, by=event.by, event=event, condition=end["condition"],
        to_at=after(until_on) if until_on else None,
    )  # fmt: skip
    documents.write(event, "hold_prolonged", paragraph)
    return event


@transaction.atomic
def lift_hold(case, *, by, reason, paragraph="", **door):
    """The head of FSE lifted the hold from this moment."""
    event = perform(case, "lift_hold", by=by, reason=reason, **door)
    facts.end_all([selectors.of(event.case)], at=event.at, by=event.by, event=event, to_at=event.at)
    documents.write(event, "hold_lifted", paragraph)
    return event


def close_hold(case, *, by, **door):
    """The hold was over by itself; only its case was closed."""
    return perform(case, "close_hold", by=by, **door)


def _told(end):
    return {"until_on": end["until_on"] and end["until_on"].isoformat(),
            "condition": end["condition"]}  # fmt: skip
