"""What is typed when the responsible person changes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, uploads
from fsesys.core import forms as core
from fsesys.core.documents import CHANNELS

from ..authorisation.forms import AssignForm, SignatureForm


class ChangeForm(core.LetterForm):
    name = forms.CharField(label=_("New responsible person"), max_length=200)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    mail = forms.EmailField(label=_("Mail"))
    asked_by = forms.CharField(
        label=_("Asked for by"), max_length=200,
        help_text=_("Who asked, and in which role at the institution"),
    )  # fmt: skip
    asked_on = core.DayField(label=_("Asked on"))
    channel = forms.ChoiceField(label=_("Channel"), choices=list(CHANNELS.items()))
    left_on = core.DayField(
        label=_("Last day of the former person, where they have left"), required=False
    )
    ends_substitute = forms.BooleanField(
        label=_("The new person is a substitute today; that role ends"), required=False
    )
    upload = core.UploadField(
        label=_("The institution's letter"), endings=tuple(uploads.TYPES), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["asked_on"].initial = clock.today()


class DeclarationForm(SignatureForm):
    signer = forms.TypedChoiceField(label=_("Signed by"), coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        person = self.case.person
        self.fields["signer"].choices = [(person.pk, person.name), (0, _("somebody else"))]
        self.order_fields(["upload", "road", "signer", "signed_on", "document_number"])


FORMS = {
    "register_change": ChangeForm, "register_signature": DeclarationForm,
    "withdraw": core.ReasonForm, "file_document": core.DocumentForm, "note": core.NoteForm,
    "assign": AssignForm, "undo": core.OptionalReasonForm, "case_file": core.CaseFileForm,
}  # fmt: skip
