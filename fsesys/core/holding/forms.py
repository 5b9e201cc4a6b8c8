"""What the head of FSE types about a hold. Rules about the state stand in rules.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import forms as core
from .. import living


class EndForm(core.ReasonLetterForm):
    """The end of a hold: a day, or a condition."""

    until_on = core.DayField(label=_("Last day of the hold"), required=False)
    condition = forms.CharField(
        label=_("Or until this has happened"), max_length=300, required=False,
        help_text=_("For example: until the statement on the breach is approved"),
    )  # fmt: skip
    field_order = ["until_on", "condition", "reason", "paragraph"]


class PlaceForm(EndForm):
    cause = forms.CharField(label=_("Cause of the hold"), max_length=300)
    precautionary = forms.TypedChoiceField(
        label=_("Is the hold precautionary?"), coerce=lambda word: word == "yes",
        choices=[("no", _("No: accesses are spent and must be renewed")),
                 ("yes", _("Yes: accesses come back when it ends"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    field_order = ["cause", "precautionary", *EndForm.field_order]


FORMS = {
    "place_hold": PlaceForm, "prolong": EndForm, "lift_hold": core.ReasonLetterForm,
    "make_final": core.ReasonLetterForm,
    "close_hold": core.VerbForm, **living.FORMS,
}  # fmt: skip
