"""Ending a record with what hangs on it: the form that lists it, the rule that has it confirmed.

What hangs on which record is said in dependants.py; each ending process has its own days and words.
"""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import clock, dependants
from .forms import VerbForm

MOST = 1_000_000  # letters of what is listed: sixty thousand accesses of one institution


class ListedForm(forms.Form):
    """What breaks, listed as drawn and confirmed by a tick. `hanging`: the Dependants listed."""

    listed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=MOST)
    confirmed = forms.BooleanField(required=False)
    hanging = ()

    def keys(self):
        return " ".join(row.key for row in self.hanging)

    def clean_listed(self):
        return self.cleaned_data["listed"].split()

    def relist(self):
        """Shown again after the list changed: the new list, and the tick to be given anew."""
        if self.is_bound and self.data.get("listed") != self.keys():
            self.data = self.data.copy()
            self.data["listed"] = self.keys()
            self.data.pop("confirmed", None)


class HangingForm(ListedForm, VerbForm):
    """What hangs on the record that the verb ends. `order`: the fields before the tick."""

    letter = True
    order = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.hanging = self.listing(clock.now())
        self.initial["listed"] = self.keys()
        count = len(self.hanging)
        if not count:
            self.fields["confirmed"].widget = forms.HiddenInput()
        self.fields["confirmed"].label = ngettext(
            "I confirm: %(count)d thing ends or gets a task, as listed",
            "I confirm: %(count)d things end or get a task, as listed", count,
        ) % {"count": count}  # fmt: skip
        self.order_fields([*self.order, "paragraph", "confirmed"])

    def listing(self, at) -> list:
        """The Dependants of the record that ends."""
        return dependants.of(self.subject.subject_key, at)


def hanging_confirmed(facts, typed):
    """The rule of a verb whose facts have `dependants`."""
    if typed is not None:
        yield from confirmed(facts.dependants, typed)


def confirmed(keys, typed):
    """design.md section 5: what breaks is listed and confirmed in words. keys: what breaks now."""
    if set(typed["listed"]) != set(keys):
        yield _("What hangs on it has changed since you opened the page. Look at the list again"
                " and confirm it.")  # fmt: skip
    elif keys and not typed["confirmed"]:
        count = len(keys)
        yield ngettext(
            "Confirm that %(count)d thing ends or gets a task.",
            "Confirm that %(count)d things end or get a task.", count,
        ) % {"count": count}  # fmt: skip
