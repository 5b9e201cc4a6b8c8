"""What happens with a hold on a person: the verbs of core.holding, for people."""

from fsesys.core.holding.actions import Holds

from .. import living
from ..records import PersonHold
from . import documents
from .models import PersonHoldCase

HOLDS = Holds(
    case=PersonHoldCase, fact=PersonHold, owner="person", columns=living.columns,
    caretaker=living.caretaker, write=documents.write,
)  # fmt: skip
place_hold, prolong = HOLDS.place_hold, HOLDS.prolong
lift_hold, close_hold = HOLDS.lift_hold, HOLDS.close_hold
make_final = HOLDS.make_final
