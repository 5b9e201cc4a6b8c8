"""What staff type in process 3 beside the proposal itself (entryform.py)."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, uploads
from fsesys.core import forms as core
from institutions.authorisation.forms import AdviceForm, AnswerForm, AskForm, SignatureForm

from .. import living, people
from .entryform import AgainForm, FirstForm, RedraftForm


class ApproveForm(AdviceForm):
    """The assessment: every criterion with a note, and words of one's own."""

    letter = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Assessment in words")
        del self.fields["reservations"]
        self.order_fields([name for name in self.fields if name != "paragraph"] + ["paragraph"])

    def typed(self):
        data = self.cleaned_data
        answers = {
            c.slug: (data[f"answer_{c.slug}"], data[f"note_{c.slug}"]) for c in self.criteria
        }
        return {"answers": answers, "text": data["text"], "paragraph": data["paragraph"]}


class SignForm(SignatureForm):
    signer = forms.TypedChoiceField(label=_("Signed by"), coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signer"].choices = signers(self.case)
        self.order_fields(["upload", "road", "signer", "signed_on", "document_number"])


class RefusalForm(core.ReasonLetterForm):
    signer = forms.TypedChoiceField(label=_("Who refused"), coerce=int)
    refused_on = core.DayField(label=_("Refused on"))
    upload = core.UploadField(
        label=_("Document with the refusal"), endings=tuple(uploads.TYPES), required=False
    )
    field_order = ["signer", "refused_on", "reason", "upload", "paragraph"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signer"].choices = signers(self.case)
        self.fields["refused_on"].initial = clock.today()


def signers(case) -> list:
    """Everybody who is or was signatory of the owner, and somebody else."""
    rows = people.ever(case.institution, ("signatory",))
    return [*((person.pk, person.name) for person in rows), (0, _now("somebody else"))]


FORMS = {
    "register_proposal": FirstForm, "register_reproposal": AgainForm,
    "register_resubmission": AgainForm, "redraft": RedraftForm, "take_case": core.VerbForm,
    "ask": AskForm, "answer": AnswerForm, "continue_without_answer": core.ReasonForm,
    "return": core.ReasonLetterForm, "approve": ApproveForm, "register_signature": SignForm,
    "register_refusal_to_sign": RefusalForm, "reject": core.ReasonLetterForm,
    "withdraw": core.ReasonLetterForm, "lapse": core.LetterForm, "take_back": core.ReasonForm,
    "reopen": core.ReasonLetterForm, "warn_of_end": core.LetterForm, **living.FORMS,
}  # fmt: skip
