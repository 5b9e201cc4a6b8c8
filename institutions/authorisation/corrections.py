"""What can be corrected on a case of process 1, what rests on it, and where the value is kept."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, facts
from fsesys.core.correcting import Correctable, column, not_ahead
from fsesys.core.forms import DayField, at_field, text
from fsesys.core.importrows import overlap
from fsesys.core.misspelt import of_person
from fsesys.core.people import Person
from fsesys.core.wording import day

from .. import formats, kinds, resigning
from ..records import RoleHolding
from . import imported, recorded
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
        return Named(at_field(formats.person, super().clean(value)))


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


def _first_responsible(case):
    """The role that began with the authorisation of the case, whoever ended it since, or None."""
    begun = imported.since(case)
    rows = RoleHolding.objects.known().filter(institution=case.institution_id, role="responsible")
    return begun and rows.filter(from_at=begun).first()


def _another_head(event, value):
    """The application was by another person: the role that the case gave follows."""
    row = _first_responsible(event.case)
    if row:
        facts.replace(row, at=event.at, by=event.by, event=event, person_id=on_record(value).pk)


def _no_substitute(case, value):
    row = _first_responsible(case)
    if row is None:
        return
    rows = RoleHolding.objects.known().filter(
        institution=case.institution_id, role="substitute", person__mail__iexact=value["mail"]
    )
    for held in rows.select_related("person"):
        if overlap((row.from_at, row.to_at), (held.from_at, held.to_at)):
            yield _now(
                "%(person)s is registered as substitute from %(day)s, and nobody is responsible and"
                " substitute at once. Change the responsible person on the page of the institution."
            ) % {"person": held.person.name, "day": day(clock.day_of(held.from_at))}


def _mail_of_head(case):
    return case.head.mail


def _agreement(case):
    return case.agreement.document if case.agreement_id and case.agreement.document_id else None


def _counter_signature(case):
    return resigning.standing(_agreement(case), "them")


CORRECTABLE = (
    _column("received_on", DayField, (), check=not_ahead, says=("received_on",),
            here=lambda case: case.origin != "import"),
    imported.AUTHORISED_ON, *recorded.CORRECTABLE,
    _column("schemes", _schemes, (*ADVICE, *DRAFTED), check=_some,
            says=("agreement.schemes",), here=recorded.undated,
            write=lambda event, value: recorded.keep(event, schemes=value),
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
                PersonField, rests=(*ADVICE, *DRAFTED, "import"), column="head", keep=on_record,
                check=_no_substitute, reaches=_mail_of_head, write=_another_head),
    resigning.signed_on(_("Day of our signature"), "register_our_signature", _agreement, "us"),
    resigning.signed_on(_("Day of the counter-signature"), "register_counter_signature", _agreement),
    Correctable("them_signer", _("Signer of the counter-signature"),
                lambda case: _counter_signature(case).signer, PersonField,
                rests=("register_counter_signature",),
                here=lambda case: _counter_signature(case) is not None,
                write=lambda event, value: resigning.resign(
                    event, _counter_signature(event.case), signer=on_record(value))),
)  # fmt: skip
