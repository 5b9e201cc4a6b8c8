"""What staff type about an association. Rules about the state stand in rules.py."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, living, roles, uploads
from fsesys.core import forms as core
from fsesys.core.documents import CHANNELS, LANGUAGES
from fsesys.core.hanging import HangingForm
from fsesys.core.people import Person
from institutions.authorisation.forms import SignatureForm

from .. import doubles, idents, kinds
from . import selectors

YEAR = 4  # digits


class People(forms.ModelChoiceField):
    """People by name and mail."""

    def __init__(self, **kwargs):
        super().__init__(queryset=Person.objects.none(), **kwargs)

    def label_from_instance(self, person):
        return f"{person.name}, {person.mail}" if person.mail else person.name


class RequestForm(core.VerbForm):
    known = forms.CharField(
        label=_("Ident or mail of the person, who is on record"), max_length=254, required=False,
        help_text=_("Leave it empty for somebody who is new, and fill in the lines below. Of somebody"
                    " who is on record fill in what is not known yet or has changed."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    mail = forms.EmailField(label=_("Mail at the institution"), required=False)
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False)
    citizenship = forms.CharField(
        label=_("Citizenship"), max_length=2, required=False, help_text=_("Two letters, such as DK")
    )
    country = forms.CharField(
        label=_("Country of residence"), max_length=2, required=False,
        help_text=_("Two letters, such as DK"),
    )  # fmt: skip
    employer = forms.CharField(
        label=_("Employer, where it is not the institution"), max_length=200, required=False
    )
    language = forms.ChoiceField(
        label=_("Language of letters"), required=False,
        choices=[("", _("as on record; Danish for somebody new")), *LANGUAGES],
    )  # fmt: skip
    type = forms.ChoiceField(label=_("Type of association"), choices=list(kinds.TYPES.items()))
    answerable = People(
        label=_("Answerable employee"), required=False, help_text=_("For a guest or a student")
    )
    received_on = core.DayField(label=_("Request received on"))
    agreement = core.UploadField(label=_("Association agreement (PDF)"))
    declaration = core.UploadField(label=_("Declaration of confidentiality (PDF)"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = clock.today()
        rows = selectors.employees(self.subject, clock.now())
        self.fields["answerable"].queryset = Person.objects.filter(pk__in=rows.values("person"))
        if self.is_bound and not self.data.get("known", "").strip():
            self._ask_apart()

    def _ask_apart(self):
        """A tick for everyone on record who is likely the same person, named in it."""
        typed = self.data.get
        year = typed("birth_year", "")
        year = int(year) if year.isdecimal() and len(year) <= YEAR else None
        found = doubles.likely(typed("name", ""), typed("mail", ""), year)
        words = _now("%(person)s is somebody else")
        if found:
            self.fields["apart"] = forms.TypedMultipleChoiceField(
                label=_("Is the person on record already?"), coerce=int, required=False,
                choices=[(one.pk, words % {"person": doubles.told(one)}) for one in found],
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def clean_known(self):
        return core.at_field(on_record, self.cleaned_data["known"])

    def clean_citizenship(self):
        return self.cleaned_data["citizenship"].upper()

    def clean_country(self):
        return self.cleaned_data["country"].upper()

    def clean(self):
        typed = super().clean()
        if not typed.get("known") and not typed.get("mail") and not self.errors:
            self.add_error("mail", _now("Write the mail of the person."))
        if typed.get("known") and typed.get("name"):
            self.add_error("known", _now("Name somebody who is on record, or describe somebody new:"
                                         " not both."))  # fmt: skip
        return typed

    def typed(self):
        typed = super().typed()
        return typed | {"person": typed.pop("known")}


def on_record(words):
    """The person with the ident or the mail; None for nothing, ValueError in words."""
    words = words.strip()
    if not words:
        return None
    rows = Person.objects.filter(is_system=False)
    by = {"mail__iexact": words} if "@" in words else {"researcher__ident": words.upper()}
    found = list(rows.filter(**by)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise ValueError(_now("More than one person has the mail “%(mail)s”. Write the ident.")
                         % {"mail": words})  # fmt: skip
    raise ValueError(_now("Nobody on record has the ident or mail “%(words)s”.") % {"words": words})


class ApprovalForm(core.LetterForm):
    """What the institution answered: by whom, when, how and in which document."""

    answered_by = People(label=_("Approved by"))
    answered_on = core.DayField(label=_("Approved on"))
    channel = forms.ChoiceField(label=_("Channel"), choices=list(CHANNELS.items()))
    upload = core.UploadField(label=_("The approval"), endings=tuple(uploads.TYPES))
    field_order = ["answered_by", "answered_on", "channel", "upload", "reason", "paragraph"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answered_by"].queryset = selectors.answerers(self.case)
        self.order_fields(self.field_order)


class RefusalForm(ApprovalForm):
    answered_by = People(label=_("Refused by"))
    answered_on = core.DayField(label=_("Refused on"))
    upload = core.UploadField(
        label=_("The refusal"), endings=tuple(uploads.TYPES), required=False
    )  # fmt: skip
    reason = core.text(_("Reason"))


class ActivateForm(SignatureForm):
    letter = True
    signer = forms.TypedChoiceField(label=_("Signed by"), coerce=int)
    proof = forms.ChoiceField(label=_("Proof of identity"), choices=list(kinds.PROOFS.items()))
    proof_on = core.DayField(label=_("Proof seen on"))
    proof_by = People(label=_("Proof seen by"))
    ident = forms.CharField(
        label=_("Ident"), max_length=4, required=False,
        help_text=_("Three or four capital letters; proposed from the name"),
    )  # fmt: skip
    order = ["upload", "road", "signer", "signed_on", "document_number", "proof", "proof_on",
             "proof_by", "ident", "paragraph"]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        person = self.case.person
        self.fields["signer"].choices = [(person.pk, person.name), (0, _now("somebody else"))]
        members = roles.RoleMembership.objects.known().filter(role__in=roles.STAFF)
        self.fields["proof_by"].queryset = Person.objects.filter(
            pk__in=members.values("person")
        ).order_by("name")
        given = person.researcher.ident
        self.fields["ident"].initial = given or idents.propose(person.name)
        self.fields["ident"].disabled = bool(given)
        self.order_fields(self.order)

    def clean_ident(self):
        return self.cleaned_data["ident"].upper()


class AnswerableForm(core.VerbForm):
    answerable = People(label=_("Answerable employee"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = selectors.employees(self.case.institution, clock.now())
        self.fields["answerable"].queryset = Person.objects.filter(pk__in=rows.values("person"))


class EndForm(HangingForm):
    """On whose word, from when, and what hangs on the association."""

    asked_by = People(label=_("On whose word"))
    asked_on = core.DayField(label=_("Said on"))
    channel = forms.ChoiceField(label=_("Channel"), choices=list(CHANNELS.items()))
    end_reason = forms.CharField(label=_("Why it ends"), max_length=300)
    last_on = core.DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: the association ends now. A day that has passed counts from then on."),
    )
    order = ("asked_by", "asked_on", "channel", "end_reason", "last_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["asked_by"].queryset = selectors.speakers(self.case)

    def listing(self, at):
        return selectors.hanging(self.case, at)


FORMS = {
    "register_request": RequestForm, "register_approval": ApprovalForm,
    "register_refusal": RefusalForm, "activate": ActivateForm, "end": EndForm,
    "name_answerable": AnswerableForm, "withdraw": core.ReasonForm, **living.FORMS,
}  # fmt: skip
