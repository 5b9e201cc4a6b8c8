"""What can be corrected on a case of process 1, what rests on it, and where the value is kept."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import facts
from fsesys.core.correcting import Correctable, column, not_ahead
from fsesys.core.forms import DayField, text
from fsesys.core.misspelt import of_person
from fsesys.core.people import Person

from .. import kinds, resigning
from ..records import RoleHolding
from .registering import on_record

ADVICE = ("recommend", "advise_against")
DRAFTED = ("draft_agreement", "redraft")


class PersonField(forms.CharField):
    """“name, mail” as one line; cleans to the fields of a Person."""

    def __init__(self, **kwargs):
        super().__init__(max_length=300, help_text=_("Write it as: name, mail"), **kwargs)

    def prepare_value(self, value):
        return f"{value.name}, {value.mail}" if isinstance(value, Person) else value

    def clean(self, value):
        name, _comma, mail = super().clean(value).rpartition(",")
        if not name.strip():
            raise forms.ValidationError(_now("Write the person as “name, mail”."))
        return Named(name=name.strip()[:200], mail=forms.EmailField().clean(mail.strip()))


class Named(dict):
    """A person's name and mail as typed; reads as the name."""

    def __str__(self):
        return self["name"]


def _column(slug, field, rests=ADVICE, **kwargs):
    return column(slug, _label(slug), field, rests, **kwargs)


def _enough_staff(case, value):
    if value < (case.experienced_count or 0):
        yield _now("There can not be more experienced researchers than researchers.")


def _not_more(case, value):
    if case.staff_count is not None and value > case.staff_count:
        yield _now("There can not be more experienced researchers than researchers.")


def _some(case, value):
    if not value:
        yield _now("Choose at least one scheme.")


def _label(slug):
    from_model = {
        "received_on": _("Received on"), "schemes": _("Schemes applied for"),
        "staff_count": _("Researchers and analysts"),
        "experienced_count": _("Of them experienced with register data"),
        "environment": _("Description of the environment"), "security": _("Security measures"),
        "purpose": _("Purpose"), "ownership": _("Ownership (private applicants)"),
        "public_work": _("Earlier work for public clients (private applicants)"),
    }  # fmt: skip
    return from_model[slug]


def _number():
    return forms.IntegerField(min_value=0, max_value=100000)


def _schemes():
    return forms.MultipleChoiceField(
        choices=list(kinds.SCHEMES.items()), widget=forms.CheckboxSelectMultiple
    )


def _text():
    return text("", required=False)


def _another_head(event, value):
    """The application was by another person: the role that the case gave follows."""
    begun = RoleHolding.objects.known().filter(event__case=event.case, role="responsible")
    for row in begun:
        facts.replace(row, at=event.at, by=event.by, event=event, person_id=event.case.head_id)


def _agreement(case):
    return case.agreement.document if case.agreement_id and case.agreement.document_id else None


def _counter_signature(case):
    return resigning.standing(_agreement(case), "them")


CORRECTABLE = (
    _column("received_on", DayField, (), check=not_ahead, says=("received_on",)),
    _column("schemes", _schemes, (*ADVICE, *DRAFTED), check=_some,
            say=lambda value: ", ".join(str(kinds.SCHEMES[one]) for one in value)),
    _column("staff_count", _number, check=_enough_staff),
    _column("experienced_count", _number, check=_not_more),
    _column("environment", _text), _column("security", _text), _column("purpose", _text),
    _column("ownership", _text), _column("public_work", _text),
    *(of_person(name, label, field, "head", rests=DRAFTED) for name, label, field in (
        ("name", _("Name of the responsible manager"), lambda: forms.CharField(max_length=200)),
        ("title", _("Title of the responsible manager"),
         lambda: forms.CharField(max_length=200, required=False)),
        ("mail", _("Mail of the responsible manager"), forms.EmailField))),
    Correctable("head", _("Responsible manager: another person"), lambda case: case.head,
                PersonField, rests=(*ADVICE, *DRAFTED), column="head", keep=on_record,
                write=_another_head),
    resigning.signed_on(_("Day of our signature"), "register_our_signature", _agreement, "us"),
    resigning.signed_on(_("Day of the counter-signature"), "register_counter_signature", _agreement),
    Correctable("them_signer", _("Signer of the counter-signature"),
                lambda case: _counter_signature(case).signer, PersonField,
                rests=("register_counter_signature",),
                here=lambda case: _counter_signature(case) is not None,
                write=lambda event, value: resigning.resign(
                    event, _counter_signature(event.case), signer=on_record(value))),
)  # fmt: skip
