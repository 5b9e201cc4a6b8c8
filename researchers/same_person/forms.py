"""What is typed to link two records."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsesys.core import forms as core

from .. import living
from ..association.forms import on_record


class NameForm(core.ReasonForm):
    stays = forms.CharField(
        label=_("Ident or mail of the record that stays"), max_length=254,
        help_text=_("The record you came from is closed; its ident stays as an alias."),
    )  # fmt: skip
    field_order = ["stays", "reason"]

    def clean_stays(self):
        return core.at_field(on_record, self.cleaned_data["stays"])


FORMS = {
    "name_record": NameForm, "link_records": core.VerbForm, "unlink_records": core.ReasonForm,
    "withdraw": core.ReasonForm, **living.FORMS,
}  # fmt: skip
