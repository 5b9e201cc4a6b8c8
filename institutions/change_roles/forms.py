"""What is typed when a role at an institution is given or ended."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock
from fsesys.core import forms as core

from .. import kinds, living
from ..authorisation.registering import NAMED
from ..responsible.forms import AskedForm
from . import selectors

ROLES = [(role, kinds.ROLES[role]) for role in NAMED]


class AddForm(AskedForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    mail = forms.EmailField(label=_("Mail"))
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)
    from_on = core.DayField(label=_("From"))
    field_order = ["name", "title", "mail", "role", "from_on", *AskedForm.ASKED]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial = clock.today()


class EndForm(AskedForm):
    holding = forms.TypedChoiceField(label=_("Role"), coerce=int, widget=forms.RadioSelect)
    last_on = core.DayField(label=_("Last day"))
    field_order = ["holding", "last_on", *AskedForm.ASKED]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = selectors.to_end(self.subject, clock.now()) if self.subject else ()
        self.fields["holding"].choices = [
            (row.pk, f"{row.person.name}: {row.get_role_display()}") for row in rows
        ]
        self.fields["last_on"].initial = clock.today()


FORMS = {"add_role": AddForm, "end_role": EndForm, **living.FORMS}
