"""What can be corrected on a hold, whatever it is on: its cause and its last day."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .. import clock, facts
from ..correcting import Correctable, column, own
from ..forms import DayField
from . import selectors

RESTS = ("place_hold", "prolong")


def of(table) -> tuple:
    """For Process.correctable; table: the dated facts of these holds."""

    def put(event, rows, **changes):
        for held in rows:
            facts.replace(held, at=event.at, by=event.by, event=event, **changes)

    def why(event, value):
        put(event, selectors.rows(table, event.case), cause=value)

    def end(event, value):
        put(event, [selectors.of(table, event.case)], to_at=clock.after(value))

    def within(case, value):
        if value < clock.day_of(selectors.of(table, case).from_at):
            yield _now("The last day can not lie before the first.")
        if case.closed_at and value >= clock.today():
            yield _now("This hold is over, and its case is closed. Place a new hold.")

    def ends(case):
        held = selectors.of(table, case)
        return bool(case.until_on and case.state != "lifted" and held and own(held, case))

    return (
        column("cause", _("Cause"), lambda: forms.CharField(max_length=300), rests=RESTS, write=why),
        Correctable("until_on", _("Last day of the hold"), lambda case: case.until_on, DayField,
                    rests=RESTS, column="until_on", says=("until",), check=within, write=end,
                    here=ends),
    )  # fmt: skip
