"""What the secretary types from an application: institution, its people, what was stated."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, roles, uploads
from fsesys.core import forms as core
from fsesys.core.documents import CHANNELS
from fsesys.core.people import Person

from .. import formats, kinds
from ..records import Institution

INSTITUTION = ("name_da", "name_en", "cvr", "ean", "type", "address", "invoice_address", "web",
               "language")  # fmt: skip
STATED = ("received_on", "channel", "language", "schemes", "environment", "staff_count",
          "experienced_count", "security", "purpose", "ownership", "public_work")  # fmt: skip
PRIVATE_STATE = ("ownership", "public_work")  # what private applicants must state besides


class ApplicationForm(core.VerbForm):
    letter = True
    again = forms.ModelChoiceField(
        label=_("Institution on record"), queryset=Institution.objects.none(), required=False,
        empty_label=_("a new institution"),
    )  # fmt: skip
    double_reason = forms.CharField(
        label=_("Why this is another institution"), required=False, max_length=1000
    )
    name_da = forms.CharField(label=_("Name in Danish"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    parent_name = forms.CharField(label=_("Parent organisation"), max_length=200, required=False)
    cvr = forms.CharField(label=_("CVR number"), max_length=20)
    ean = forms.CharField(label=_("EAN number"), max_length=20, required=False)
    type = forms.ChoiceField(
        label=_("Kind of institution"), choices=[("", "—"), *kinds.TYPES.items()]
    )
    price_group = forms.ChoiceField(
        label=_("Price group"), required=False,
        choices=[("", _("as the kind of institution gives")), *kinds.PRICE_GROUPS.items()],
    )  # fmt: skip
    price_group_reason = forms.CharField(
        label=_("Why another price group"), max_length=300, required=False
    )
    schemes = forms.MultipleChoiceField(
        label=_("Schemes applied for"), choices=list(kinds.SCHEMES.items()),
        widget=forms.CheckboxSelectMultiple, initial=["researcher"],
    )  # fmt: skip
    mail_domains = forms.CharField(
        label=_("Mail domains"), max_length=1000, help_text=_("Separated by space or comma")
    )
    address = core.text(_("Address"), rows=3, max_length=1000, required=False)
    invoice_address = core.text(_("Invoice address"), rows=3, max_length=1000, required=False)
    web = forms.URLField(label=_("Web page"), required=False, assume_scheme="https")
    language = forms.ChoiceField(
        label=_("Language of letters"), choices=[("da", "Dansk"), ("en", "English")]
    )
    head_name = forms.CharField(label=_("Responsible manager"), max_length=200)
    head_title = forms.CharField(label=_("Title"), max_length=200, required=False)
    head_mail = forms.EmailField(label=_("Mail of the responsible manager"))
    environment = core.text(_("Description of the environment"))
    staff_count = forms.IntegerField(
        label=_("Researchers and analysts"), min_value=0, max_value=100000
    )
    experienced_count = forms.IntegerField(
        label=_("Of them experienced with register data"), min_value=0, max_value=100000
    )
    security = core.text(_("Security measures"), rows=3, required=False)
    purpose = core.text(_("Purpose"), rows=3, required=False)
    ownership = core.text(_("Ownership (private applicants)"), rows=2, required=False)
    public_work = core.text(
        _("Earlier work for public clients (private applicants)"), rows=2, required=False
    )
    received_on = core.DayField(label=_("Received on"))
    channel = forms.ChoiceField(label=_("Channel"), choices=list(CHANNELS.items()))
    responsible = forms.ModelChoiceField(
        label=_("FSE responsible"), queryset=Person.objects.none(), empty_label=None
    )
    application = core.UploadField(label=_("Application"), endings=tuple(uploads.TYPES))
    annexes = core.UploadsField(label=_("Annexes"), endings=tuple(uploads.TYPES), required=False)

    def __init__(self, *args, doubles=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = clock.today()
        self.fields["responsible"].queryset = roles.holders(roles.RESPONSIBLE)
        self.fields["again"].queryset = Institution.objects.select_related("parent").filter(
            duplicate_of=None
        )
        if not doubles:
            for name in ("again", "double_reason"):
                self.fields[name].widget = forms.HiddenInput()
        else:
            self.fields["again"].choices = [
                ("", _now("a new institution")), *((i.pk, f"{i} ({i.cvr})") for i in doubles)
            ]  # fmt: skip

    def clean_cvr(self):
        return core.at_field(formats.cvr, self.cleaned_data["cvr"])

    def clean_ean(self):
        return core.at_field(formats.ean, self.cleaned_data["ean"])

    def clean_mail_domains(self):
        return core.at_field(formats.mail_domains, self.cleaned_data["mail_domains"])

    def typed(self):
        data = self.cleaned_data
        institution = {name: data[name] for name in INSTITUTION}
        if data["price_group"]:
            institution["price_group"] = data["price_group"]
            institution["price_group_reason"] = data["price_group_reason"]
        institution |= {"parent_name": data["parent_name"], "schemes": data["schemes"],
                        "mail_domains": data["mail_domains"]}  # fmt: skip
        head = {"name": data["head_name"], "title": data["head_title"], "mail": data["head_mail"]}
        return {name: data[name] for name in STATED} | {
            "institution": institution, "head": head, "again": data["again"],
            "double_reason": data["double_reason"], "responsible": data["responsible"],
            "application": data["application"], "annexes": data["annexes"],
            "paragraph": data["paragraph"],
        }  # fmt: skip
