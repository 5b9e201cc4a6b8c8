"""What is typed when facts change: the form begins with what holds."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, uploads
from fsesys.core import forms as core

from .. import formats, kinds, living
from ..authorisation.forms import SignatureForm
from . import selectors

FIELDS = ("name_da", "name_en", "parent", "address", "invoice_address", "ean", "web",
          "mail_domains", "language", "schemes")  # fmt: skip
LATER = ("supplement", "supplement_reason", "upload", "paragraph")  # asked beside old and new


class ChangeForm(core.ReasonLetterForm):
    """The facts of `shown_on`. Only what was touched is changed: untouched fields keep what holds
    on the day the change begins, which may be another.

    compared: which change stood side by side when it was sent. asked: whether the signed agreement
    says it, so that the supplement is asked about. Once compared, `sides` has old and new.
    """

    sides, button = (), _("Compare old and new")

    shown_on = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    shown = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    compared = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    asked = forms.BooleanField(widget=forms.HiddenInput, required=False)
    from_on = core.DayField(label=_("Holds from"))
    name_da = forms.CharField(label=_("Name in Danish"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    parent = forms.CharField(label=_("Parent organisation"), max_length=200, required=False)
    address = core.text(_("Address"), rows=3, max_length=1000, required=False)
    invoice_address = core.text(_("Invoice address"), rows=3, max_length=1000, required=False)
    ean = forms.CharField(label=_("EAN number"), max_length=20, required=False)
    web = forms.URLField(label=_("Web page"), required=False, assume_scheme="https")
    mail_domains = forms.CharField(
        label=_("Mail domains"), max_length=1000, help_text=_("Separated by space or comma")
    )
    language = forms.ChoiceField(
        label=_("Language of letters"), choices=[("da", "Dansk"), ("en", "English")]
    )
    schemes = forms.MultipleChoiceField(
        label=_("Schemes"), choices=list(kinds.SCHEMES.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    supplement = forms.ChoiceField(
        label=_("Supplementary agreement needed"), required=False, widget=forms.RadioSelect,
        choices=[("yes", _("yes")), ("no", _("no"))],
    )  # fmt: skip
    supplement_reason = forms.CharField(
        label=_("Why no supplementary agreement"), max_length=300, required=False
    )
    upload = core.UploadField(
        label=_("The institution's letter"), endings=tuple(uploads.TYPES), required=False
    )
    field_order = ("from_on", *FIELDS, "supplement", "supplement_reason", "reason", "upload")

    def __init__(self, *args, later=None, **kwargs):
        super().__init__(*args, **kwargs)
        if later is None:
            later = (
                LATER if self.data.get("asked") else ("upload",) * bool(self.data.get("compared"))
            )
        for name in set(LATER) - set(later):
            del self.fields[name]
        held, last = standing(self.subject, clock.now()), selectors.latest(self.subject.pk)
        for name in FIELDS:
            self.fields[name].initial = held[name]
        self.fields["mail_domains"].initial = ", ".join(held["mail_domains"])
        self.fields["shown_on"].initial = clock.today()
        self.fields["shown"].initial = last.pk if last else 0
        self.fields["from_on"].initial = clock.today()

    def clean_ean(self):
        return core.at_field(formats.ean, self.cleaned_data["ean"])

    def clean_mail_domains(self):
        return core.at_field(formats.mail_domains, self.cleaned_data["mail_domains"])

    def clean_address(self):
        return self.cleaned_data["address"].replace("\r\n", "\n")

    def clean_invoice_address(self):
        return self.cleaned_data["invoice_address"].replace("\r\n", "\n")

    def typed(self):
        typed = super().typed()
        held = shown_by(self.subject, typed)
        for name in FIELDS:
            if same(name, typed[name], held[name]):
                del typed[name]
        return {
            name: typed[name] for name in typed if name not in ("shown_on", "compared", "asked")
        }


def shown_by(institution, data) -> dict:
    """What stood in the fields when the form was opened."""
    seen = selectors.seen(institution, data["shown"], clock.begins(data["shown_on"], clock.now()))
    return in_fields(seen)


def standing(institution, at) -> dict:
    """What stands in the fields of the facts at the instant."""
    return in_fields(selectors.held_at(institution, at))


def in_fields(held) -> dict:
    """A row of facts, or the record, as the fields have it."""
    found = {name: getattr(held, name) for name in FIELDS if name != "parent"}
    for name in ("address", "invoice_address"):
        found[name] = found[name].replace("\r\n", "\n")
    return found | {"parent": str(held.parent or "")}


def same(name, one, other) -> bool:
    return set(one) == set(other) if name == "schemes" else one == other


class SupplementForm(SignatureForm):
    signer = forms.TypedChoiceField(label=_("Signed by"), coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        head = living.head_of(self.case.institution, clock.now())
        named = [(head.pk, head.name)] if head else []
        self.fields["signer"].choices = [*named, (0, _now("somebody else"))]
        self.order_fields(["upload", "road", "signer", "signed_on", "document_number"])


FORMS = {
    "change_facts": ChangeForm, "register_supplement": SupplementForm,
    "withdraw": core.ReasonForm, **living.FORMS,
}  # fmt: skip
