"""What is typed for a succession."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, uploads
from fsesys.core import forms as core

from .. import living
from ..records import AuthorisationPeriod, Institution


class SuccessorForm(core.ReasonForm):
    successor = forms.ModelChoiceField(label=_("Succeeded by"), queryset=Institution.objects.none())
    from_on = core.DayField(label=_("From"))
    upload = core.UploadField(
        label=_("The institution's letter"), endings=tuple(uploads.TYPES), required=False
    )
    field_order = ("successor", "from_on", "reason", "upload")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        running = AuthorisationPeriod.objects.at(clock.now()).values("institution")
        rows = Institution.objects.select_related("parent").filter(pk__in=running)
        self.fields["successor"].queryset = rows.exclude(pk=self.subject.pk).order_by("name_da")
        self.fields["from_on"].initial = clock.today()


FORMS = {
    "register_successor": SuccessorForm, "withdraw": core.ReasonForm, **living.FORMS,
}  # fmt: skip
