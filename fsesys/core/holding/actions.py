"""What happens with a hold: one method per verb, for one kind of record."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from .. import clock, facts
from ..daily import one_by_one
from ..door import begin, hold, perform
from ..people import SystemActor
from . import selectors


@dataclass(frozen=True)
class Holds:
    """The verbs of holds on one kind of record.

    case: the table of its cases. fact: of its dated facts. owner: the column that both have, such
    as "institution". columns(record): of a case not yet opened. caretaker(record): who gets it.
    write(event, letter, paragraph): the letter "hold", "hold_prolonged" or "hold_lifted".
    """

    case: type
    fact: type
    owner: str
    columns: Callable
    caretaker: Callable
    write: Callable

    @transaction.atomic
    def place_hold(
        self, record, *, by, reason, cause, precautionary=False, until_on=None, condition="",
        paragraph="", **door,
    ):  # fmt: skip
        """The head of FSE stopped the record until a day or until a condition."""
        end = {"until_on": until_on, "condition": condition.strip()}
        event = begin(
            self.case, by=by, verb="place_hold", reason=reason, typed=end | {"cause": cause},
            responsible=self.caretaker(record), cause=cause, precautionary=precautionary,
            facts=_told(end) | {"precautionary": precautionary}, **end, **self.columns(record),
            **door,
        )  # fmt: skip
        self.fact.objects.create(
            case=event.case, cause=cause, precautionary=precautionary, from_at=event.at,
            condition=end["condition"], to_at=_after(until_on), recorded_at=event.at,
            recorded_by=event.by, event=event, **{self.owner: getattr(event.case, self.owner)},
        )  # fmt: skip
        self.write(event, "hold", paragraph)
        return event

    @transaction.atomic
    def prolong(self, case, *, by, reason, until_on=None, condition="", paragraph="", **door):
        """The head of FSE gave the running hold another end."""
        case, end = hold(case), {"until_on": until_on, "condition": condition.strip()}
        event = perform(
            case, "prolong", by=by, reason=reason, typed=end, changes=end, facts=_told(end), **door
        )
        facts.replace(
            selectors.of(self.fact, case), at=event.at, by=event.by, event=event,
            condition=end["condition"], to_at=_after(until_on),
        )  # fmt: skip
        self.write(event, "hold_prolonged", paragraph)
        return event

    @transaction.atomic
    def make_final(self, case, *, by, reason, paragraph="", **door):
        """The head of FSE decided that the precautionary hold is no precaution any more."""
        event = perform(case, "make_final", by=by, reason=reason,
                        changes={"precautionary": False}, **door)  # fmt: skip
        before = selectors.of(self.fact, event.case)
        facts.end_all([before], at=event.at, by=event.by, event=event, to_at=event.at)
        facts.follow(before, at=event.at, by=event.by, event=event, precautionary=False)
        self.write(event, "hold", paragraph)
        return event

    @transaction.atomic
    def lift_hold(self, case, *, by, reason, paragraph="", **door):
        """The head of FSE lifted the hold from this moment."""
        event = perform(case, "lift_hold", by=by, reason=reason, **door)
        held = selectors.of(self.fact, event.case)
        facts.end_all([held], at=event.at, by=event.by, event=event, to_at=event.at)
        self.write(event, "hold_lifted", paragraph)
        return event

    def close_hold(self, case, *, by, **door):
        """The hold was over by itself; only its case was closed."""
        return perform(case, "close_hold", by=by, **door)

    def close_over(self) -> int:
        """For the daily job: close every case whose day has passed, each in its own transaction,
        whichever days were missed; returns how many."""
        over = selectors.over(self.case, clock.today())
        return one_by_one(over, lambda case: self.close_hold(case, by=SystemActor()))


def _after(day):
    """The instant at which a hold ends whose last day is given."""
    return clock.midnight(day + dt.timedelta(days=1)) if day else None


def _told(end):
    return {"until_on": end["until_on"] and end["until_on"].isoformat(),
            "condition": end["condition"]}  # fmt: skip
