"""What is typed when the responsible person changes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, uploads
from fsesys.core import forms as core
from fsesys.core.documents import CHANNELS

from .. import living, selectors
from ..authorisation.forms import SignatureForm
from .models import ASKERS


class AskedForm(core.VerbForm):
    """Who spoke for the institution, when and how."""

    ASKED = ("asked_as", "asked_by", "asked_on", "channel", "upload")

    asked_as = forms.ChoiceField(
        label=_("Asked for by"), choices=list(ASKERS.items()), widget=forms.RadioSelect
    )
    asked_by = forms.CharField(
        label=_("Name of who asked"), max_length=200,
        help_text=_("For the management also the position, such as head of department"),
    )  # fmt: skip
    asked_on = core.DayField(label=_("Asked on"))
    channel = forms.ChoiceField(label=_("Channel"), choices=list(CHANNELS.items()))
    upload = core.UploadField(
        label=_("The institution's letter"), endings=tuple(uploads.TYPES), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["asked_on"].initial = clock.today()


class ChangeForm(AskedForm):
    letter = True
    name = forms.CharField(label=_("New responsible person"), max_length=200)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    mail = forms.EmailField(label=_("Mail"))
    left_on = core.DayField(
        label=_("Last day of the former person, where they have left"), required=False
    )
    from_on = core.DayField(label=_("Not before, where a later day was asked for"), required=False)
    ends_substitute = forms.BooleanField(
        label=_("The new person is a substitute today; that role ends"), required=False
    )
    field_order = ["name", "title", "mail", *AskedForm.ASKED, "left_on", "from_on",
                   "ends_substitute", "paragraph"]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.subject:
            self.fields["name"].help_text = selectors.coming_head(self.subject, clock.now())
        self.order_fields(self.field_order)


class DeclarationForm(SignatureForm):
    signer = forms.TypedChoiceField(label=_("Signed by"), coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        person = self.case.person
        self.fields["signer"].choices = [(person.pk, person.name), (0, _("somebody else"))]
        self.order_fields(["upload", "road", "signer", "signed_on", "document_number"])


FORMS = {
    "register_change": ChangeForm, "register_signature": DeclarationForm,
    "remind": core.LetterForm, "withdraw": core.ReasonForm, **living.FORMS,
}  # fmt: skip
