"""What a secretary types about a result."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsesys.core import forms as core
from fsesys.core import uploads

from .. import living


class ResultForm(core.VerbForm):
    taken_on = core.DayField(label=_("Taken on"))
    correct = forms.IntegerField(label=_("Right answers"), min_value=0, max_value=100)
    rules_version = forms.CharField(label=_("Version of the rules"), max_length=20, required=False)


class TrainingForm(core.VerbForm):
    taken_on = core.DayField(label=_("Taken on"))
    title = forms.CharField(label=_("What it was"), max_length=200)
    upload = core.UploadField(label=_("Proof"), endings=tuple(uploads.TYPES))


FORMS = {"register_result": ResultForm, "file_training": TrainingForm,
         "withdraw": core.ReasonForm, **living.FORMS}  # fmt: skip
