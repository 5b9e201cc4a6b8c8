"""What staff type about an access."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, living
from fsesys.core import forms as core

from . import selectors


class Associated(forms.ModelChoiceField):
    """An association that runs: the person, where, and as what."""

    def label_from_instance(self, row):
        ident = row.person.researcher.ident
        return f"{row.person.name} ({ident}), {row.institution}, {row.get_type_display()}"


class RequestForm(core.VerbForm):
    association = Associated(label=_("For whom, under which association"), queryset=None)
    asked_by = forms.ModelChoiceField(label=_("Who asked"), queryset=None)
    asked_on = core.DayField(label=_("Asked on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        now = clock.now()
        self.fields["association"].queryset = selectors.associated(now)
        self.fields["asked_by"].queryset = selectors.speakers(self.subject, now)


class RenewForm(core.VerbForm):
    association = Associated(label=_("For whom, under which association"), queryset=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["association"].queryset = selectors.associated(clock.now())


class EndForm(core.ReasonLetterForm):
    last_on = core.DayField(
        label=_("Last day"), required=False, help_text=_("Empty: the access ends now.")
    )
    field_order = ["last_on", "reason", "paragraph"]


FORMS = {
    "register_request": RequestForm, "renew": RenewForm, "grant": core.LetterForm,
    "refuse": core.ReasonLetterForm, "withdraw": core.ReasonForm, "end": EndForm, **living.FORMS,
}  # fmt: skip
