"""What happens with a hold on a project: the verbs of core.holding, for projects."""

from fsesys.core import clock
from fsesys.core.holding.actions import Holds
from fsesys.core.wording import day

from .. import living
from ..records import ProjectHold
from .models import ProjectHoldCase
from .titles import TITLES


def write(event, template, paragraph=""):
    """The letter of the event to the contact person."""
    case = event.case
    context = living.spoken(case, lambda: {
        "day": day(clock.day_of(event.at)), "cause": case.cause, "until": day(case.until_on),
        "precautionary": case.precautionary, "condition": case.condition,
        "reasons": event.reason})  # fmt: skip
    name = f"project_{template}"
    return living.write(event, name, TITLES[name], context, paragraph)


HOLDS = Holds(
    case=ProjectHoldCase, fact=ProjectHold, owner="project", columns=living.columns,
    caretaker=living.caretaker, write=write,
)  # fmt: skip
place_hold, prolong = HOLDS.place_hold, HOLDS.prolong
lift_hold, close_hold = HOLDS.lift_hold, HOLDS.close_hold
make_final = HOLDS.make_final
