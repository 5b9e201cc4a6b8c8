"""What is typed when a project ends early: what hangs on it is listed and confirmed."""

from django import forms
from django.utils.translation import ngettext

from fsesys.core import clock
from fsesys.core import forms as core
from fsesys.core.hanging import MOST

from .. import living
from ..word import WordForm
from . import selectors


class Listed(core.ReasonLetterForm):
    """What hangs on the project: listed as drawn, confirmed by a tick."""

    listed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=MOST)
    confirmed = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        project = self.subject or self.case.project
        self.hanging = selectors.hanging(
            project.subject_key, clock.now(), self.case and self.case.pk
        )
        self.initial["listed"] = self.keys()
        count = len(self.hanging)
        self.fields["confirmed"].label = ngettext(
            "I confirm: %(count)d thing ends or gets a task, as listed",
            "I confirm: %(count)d things end or get a task, as listed", count,
        ) % {"count": count}  # fmt: skip
        self.order_fields([*(name for name in self.fields if name != "confirmed"), "confirmed"])

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


class EndForm(Listed, WordForm):
    field_order = [*WordForm.WORD, "reason", "paragraph"]


FORMS = {
    "end_project": EndForm, "confirm_end": Listed, "keep_project": core.ReasonForm,
    "ask_for_decision": core.VerbForm, **living.FORMS,
}  # fmt: skip
