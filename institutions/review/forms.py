"""What is typed in a yearly review."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsesys.core import forms as core

from .. import living

POINTS = [
    ("responsible", _("The responsible person is right")),
    ("substitutes", _("Substitutes and other roles are right")),
    ("mail_domains", _("The mail domains are right")),
    ("address", _("Name and address are right")),
]


class ConfirmForm(core.VerbForm):
    checked = forms.MultipleChoiceField(
        label=_("What the institution has confirmed"), choices=POINTS, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    reason = core.text(_("Note on what was not right"), rows=3, required=False)


FORMS = {
    "open_review": core.LetterForm, "confirm_review": ConfirmForm, "withdraw": core.ReasonForm,
    **living.FORMS,
}  # fmt: skip
