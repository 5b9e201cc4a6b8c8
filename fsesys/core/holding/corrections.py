"""What can be corrected on a hold, whatever it is on: its cause and its last day."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .. import clock, facts
from ..correcting import Correctable, column
from ..forms import DayField
from . import selectors

RESTS = ("place_hold", "prolong")


def of(table) -> tuple:
    """For Process.correctable; table: the dated facts of these holds."""

    def put(event, **changes):
        held = selectors.of(table, event.case)
        if held:
            facts.replace(held, at=event.at, by=event.by, event=event, **changes)

    def since(case):
        return clock.day_of(selectors.of(table, case).from_at)

    def within(case, value):
        if value < since(case):
            yield _now("The last day can not lie before the first.")

    return (
        column("cause", _("Cause"), lambda: forms.CharField(max_length=300), rests=RESTS,
               write=lambda event, value: put(event, cause=value)),
        Correctable("until_on", _("Last day of the hold"), lambda case: case.until_on, DayField,
                    rests=RESTS, column="until_on", check=within,
                    write=lambda event, value: put(event, to_at=clock.after(value)),
                    here=lambda case: bool(case.until_on and selectors.of(table, case))),
    )  # fmt: skip
