"""What staff type in process 1. Rules about the state stand in rules.py."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, uploads, workdays
from fsesys.core import forms as core
from fsesys.core.checklists import CriterionAnswer
from fsesys.core.correctform import CorrectForm
from fsesys.core.documents import CHANNELS, Signature
from fsesys.core.parameters import parameters

from .. import formats, kinds
from ..records import Institution
from . import selectors

QUESTIONS = 5


class AskForm(core.VerbForm):
    letter = True
    due_on = core.DayField(label=_("Answer by"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        days = parameters()["question_due_days"]
        self.fields["due_on"].initial = workdays.after(clock.today(), days)
        for n in range(1, QUESTIONS + 1):
            self.fields[f"about_{n}"] = forms.CharField(
                label=_("Question %(n)d is about") % {"n": n}, max_length=120, required=False
            )
            self.fields[f"question_{n}"] = core.text(
                _("Question %(n)d") % {"n": n}, rows=3, max_length=4000, required=n == 1
            )
        self.order_fields(
            [f"{kind}_{n}" for n in range(1, QUESTIONS + 1) for kind in ("about", "question")]
            + ["due_on", "paragraph"]
        )

    def typed(self):
        data = self.cleaned_data
        pairs = [(data[f"about_{n}"], data[f"question_{n}"]) for n in range(1, QUESTIONS + 1)]
        return {
            "questions": [pair for pair in pairs if pair[1].strip()],
            "due_on": data["due_on"], "paragraph": data["paragraph"],
        }  # fmt: skip


class AnswerForm(core.VerbForm):
    question = forms.TypedChoiceField(label=_("Question"), coerce=int)
    answered_on = core.DayField(label=_("Answer received on"))
    answer = core.text(_("Answer"), required=False)
    upload = core.UploadField(
        label=_("Document with the answer"), endings=tuple(uploads.TYPES), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.case.questions.filter(outward=True)
        self.fields["question"].choices = [
            (q.pk, f"{q.number}. {q.text[:80]}") for q in rows if q.is_open or self.is_bound
        ]
        self.fields["answered_on"].initial = clock.today()


class AdviceForm(core.VerbForm):
    """The check-list of the kind of institution, the recommendation and the reservations."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = selectors.criteria(self.case, clock.today())
        answers = list(CriterionAnswer.ANSWERS.items())
        for criterion in self.criteria:
            self.fields[f"answer_{criterion.slug}"] = forms.ChoiceField(
                label=criterion.title, help_text=criterion.help, choices=answers,
                widget=forms.RadioSelect, required=False,
            )  # fmt: skip
            self.fields[f"note_{criterion.slug}"] = forms.CharField(
                label=_("Note on “%(criterion)s”") % {"criterion": criterion.title},
                max_length=2000, required=False,
            )  # fmt: skip
            # a rule asks for it, not the field: it is not marked as "may be left out"
            self.fields[f"answer_{criterion.slug}"].by_rule = True
        self.fields["text"] = core.text(_("Recommendation"), required=False)
        self.fields["text"].by_rule = True
        self.fields["reservations"] = core.text(_("Reservations"), rows=3, required=False)
        if self.asks_right:
            self.fields["enterprise_right"] = forms.ChoiceField(
                label=_("Restricted enterprise data"), choices=list(kinds.RIGHTS.items()),
                initial=kinds.enterprise_right(self.case.institution.type),
            )  # fmt: skip

    asks_right = False

    def typed(self):
        data = self.cleaned_data
        answers = {
            c.slug: (data[f"answer_{c.slug}"], data[f"note_{c.slug}"]) for c in self.criteria
        }
        typed = {"answers": answers, "text": data["text"], "reservations": data["reservations"]}
        if self.asks_right:
            typed["enterprise_right"] = data["enterprise_right"]
        return typed


class RecommendForm(AdviceForm):
    asks_right = True


class DraftForm(core.VerbForm):
    language = forms.ChoiceField(
        label=_("Language of the agreement"), choices=[("da", "Dansk"), ("en", "English")]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = self.case.language


class RedraftForm(DraftForm, core.ReasonForm):
    pass


class SignatureForm(core.VerbForm):
    upload = core.UploadField(label=_("Signed copy (PDF)"))
    road = forms.ChoiceField(
        label=_("How it was signed"), choices=list(Signature.ROADS.items()),
        widget=forms.RadioSelect, initial="scan",
    )  # fmt: skip
    signed_on = core.DayField(label=_("Signed on"))
    document_number = forms.CharField(
        label=_("Document number on the copy"), max_length=20, required=False,
        help_text=_("Only when it was signed elsewhere"),
    )  # fmt: skip


class CounterSignatureForm(SignatureForm):
    signer = forms.TypedChoiceField(label=_("Signed by"), coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        head = self.case.head
        self.fields["signer"].choices = [
            (head.pk, f"{head.name} ({_now('responsible person')})"),
            (0, _now("somebody else")),
        ]
        self.order_fields(["upload", "road", "signer", "signed_on", "document_number"])


class SendForm(core.LetterForm):
    channel = forms.ChoiceField(
        label=_("Channel"), choices=[(c, CHANNELS[c]) for c in ("mail", "digital-post", "post")]
    )


class RegisterForm(core.LetterForm):
    substitutes = core.text(_("Substitutes"), rows=2, required=False, max_length=2000,
                            help_text=_("One person a line: name, mail"))  # fmt: skip
    administrators = core.text(_("Administrators"), rows=2, required=False, max_length=2000,
                               help_text=_("One person a line: name, mail"))  # fmt: skip
    signatories = core.text(_("Signatories"), rows=2, required=False, max_length=2000,
                            help_text=_("One person a line: name, mail"))  # fmt: skip

    def clean_substitutes(self):
        return core.at_field(formats.people, self.cleaned_data["substitutes"])

    def clean_administrators(self):
        return core.at_field(formats.people, self.cleaned_data["administrators"])

    def clean_signatories(self):
        return core.at_field(formats.people, self.cleaned_data["signatories"])


class DuplicateForm(core.ReasonForm):
    duplicate_of = forms.ModelChoiceField(
        label=_("The earlier record"), queryset=Institution.objects.none()
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = self.case.institution
        found = selectors.doubles(mine.cvr, mine.name_da)
        others = [i.pk for i in found if i.pk != mine.pk]
        self.fields["duplicate_of"].queryset = Institution.objects.filter(pk__in=others)


FORMS = {
    "start_evaluation": core.VerbForm, "ask": AskForm, "answer": AnswerForm,
    "continue_without_answer": core.ReasonForm, "remind": core.LetterForm,
    "lapse": core.LetterForm, "recommend": RecommendForm, "advise_against": AdviceForm,
    "draft_agreement": DraftForm, "submit": core.VerbForm, "approve": core.VerbForm,
    "return": core.ReasonForm, "reject": core.ReasonLetterForm,
    "register_our_signature": SignatureForm, "send": SendForm,
    "register_counter_signature": CounterSignatureForm, "register_institution": RegisterForm,
    "withdraw": core.ReasonLetterForm, "close_as_duplicate": DuplicateForm,
    "file_document": core.DocumentForm, "note": core.NoteForm, "assign": core.AssignForm,
    "take_back": core.ReasonForm, "redraft": RedraftForm, "reopen": core.ReasonLetterForm,
    "correct": CorrectForm, "case_file": core.CaseFileForm, "undo": core.OptionalReasonForm,
}  # fmt: skip
