"""Ending a record with what hangs on it: the form that lists it, the rule that has it confirmed.

What hangs on which record is said in dependants.py; each ending process has its own days and words.
"""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import clock, dependants
from .forms import VerbForm

MOST = 1_000_000  # letters of what is listed: sixty thousand accesses of one institution


class HangingForm(VerbForm):
    """What hangs on the record, listed as drawn and confirmed by a tick. `order`: other fields."""

    letter = True
    order = ()
    listed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=MOST)
    confirmed = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.hanging = self.listing(clock.now())
        self.initial["listed"] = self._keys()
        count = len(self.hanging)
        self.fields["confirmed"].label = ngettext(
            "I confirm: %(count)d thing ends or gets a task, as listed",
            "I confirm: %(count)d things end or get a task, as listed", count,
        ) % {"count": count}  # fmt: skip
        self.order_fields([*self.order, "paragraph", "confirmed"])

    def listing(self, at) -> list:
        """The Dependants of the record that ends."""
        return dependants.of(self.subject.subject_key, at)

    def _keys(self):
        return " ".join(row.key for row in self.hanging)

    def clean_listed(self):
        return self.cleaned_data["listed"].split()

    def relist(self):
        """Shown again after the list changed: the new list, and the tick to be given anew."""
        if self.is_bound and self.data.get("listed") != self._keys():
            self.data = self.data.copy()
            self.data["listed"] = self._keys()
            self.data.pop("confirmed", None)


def hanging_confirmed(facts, typed):
    """design.md section 5: what breaks is listed and confirmed in words."""
    if typed is None:
        return
    if set(typed["listed"]) != set(facts.dependants):
        yield _("What hangs on it has changed since you opened the page. Look at the list again"
                " and confirm it.")  # fmt: skip
    elif facts.dependants and not typed["confirmed"]:
        count = len(facts.dependants)
        yield ngettext(
            "Confirm that %(count)d thing ends or gets a task.",
            "Confirm that %(count)d things end or get a task.", count,
        ) % {"count": count}  # fmt: skip
