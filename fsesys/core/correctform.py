"""The form of the verb correct: which fact, its new value, why, and which letters to replace."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import correcting, outdated
from .forms import ReasonForm


class CorrectForm(ReasonForm):
    """First without a fact: the page lists what can be corrected. Then with `what` in the address."""

    what = forms.CharField(
        widget=forms.HiddenInput, max_length=40,
        error_messages={"required": _("Choose what to correct.")},
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        slug = self.data.get("what") if self.is_bound else self.initial.get("what")
        self.fact = correcting.find(self.case, slug)
        if self.fact is None:
            self.fields.pop("reason")
            return
        self.fields["value"] = self.fact.field()
        self.fields["value"].label = _("New value")
        if not self.is_bound:
            self.initial["value"] = self.fact.read(self.case)
        found = outdated.letters(self.case, self.fact)
        if found:
            self.fields["again"] = forms.MultipleChoiceField(
                label=_("Send these letters again with the right value"), required=False,
                choices=[(row.number, str(row)) for row in found],
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        self.order_fields(["value", "again", "reason"])

    def clean_what(self):
        if self.fact is None:
            raise forms.ValidationError(_("Choose what to correct."))
        return self.cleaned_data["what"]

    @property
    def extra(self):
        """For the page: the list to choose from, or the fact beside what rested on it."""
        if self.fact is None:
            return {"choose": [
                {"slug": one.slug, "label": one.label, "value": one.say(one.read(self.case))}
                for one in correcting.known(self.case).values()
            ]}  # fmt: skip
        return {"beside": correcting.beside(self.case, self.fact.slug, None)}
