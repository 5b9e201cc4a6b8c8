"""What happens with a hold on an institution: the verbs of core.holding, for institutions."""

from fsesys.core.holding.actions import Holds

from .. import living
from ..records import InstitutionHold
from . import documents
from .models import HoldCase

HOLDS = Holds(
    case=HoldCase, fact=InstitutionHold, owner="institution", columns=living.columns,
    caretaker=living.caretaker, write=documents.write,
)  # fmt: skip
place_hold, prolong = HOLDS.place_hold, HOLDS.prolong
lift_hold, close_hold = HOLDS.lift_hold, HOLDS.close_hold
make_final = HOLDS.make_final
