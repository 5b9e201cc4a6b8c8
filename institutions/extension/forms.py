"""What is typed for an extension; the other verbs have the forms of process 1."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, uploads
from fsesys.core import forms as core
from fsesys.core.documents import CHANNELS

from .. import kinds
from ..authorisation.forms import FORMS as FIRST
from ..authorisation.forms import AdviceForm
from .machine import MACHINE


class ExtensionForm(core.LetterForm):
    schemes = forms.MultipleChoiceField(
        label=_("Further schemes"), choices=list(kinds.SCHEMES.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    enterprise_right = forms.ChoiceField(
        label=_("Restricted enterprise data"), required=False,
        choices=[("", _("as it is")), *kinds.RIGHTS.items()],
    )  # fmt: skip
    purpose = core.text(_("Purpose"))
    received_on = core.DayField(label=_("Received on"))
    channel = forms.ChoiceField(label=_("Channel"), choices=list(CHANNELS.items()))
    application = core.UploadField(label=_("Application"), endings=tuple(uploads.TYPES))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = clock.today()


FORMS = {move.verb: FIRST[move.verb] for move in MACHINE.moves if move.verb in FIRST} | {
    "register_extension": ExtensionForm, "recommend": AdviceForm,
}  # fmt: skip
