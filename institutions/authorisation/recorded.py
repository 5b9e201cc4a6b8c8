"""What can be corrected of the institution's own record, as it was typed from the application.

Until the institution is authorised the record is all that says it. Then its facts are dated and
change from a day (institutions/changes); CVR number, kind and price group stay to be corrected here.
"""

from copy import copy

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core.correcting import Correctable
from fsesys.core.documents import LANGUAGES
from fsesys.core.forms import at_field
from fsesys.core.names import normalise

from .. import formats, kinds
from ..records import AuthorisationPeriod, Institution, Organisation
from . import rules
from .models import AuthorisationCase

USED = ("recommend", "advise_against", "draft_agreement", "redraft", "register_institution",
        "import")  # fmt: skip


class Written(forms.CharField):
    """A number or address as institutions write it, cleaned by `read`."""

    def __init__(self, read, **kwargs):
        self.read = read
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value):
        return at_field(self.read, super().clean(value))


def undated(case) -> bool:
    """Was the institution never authorised? Asked once per copy of the case."""
    if "_undated" not in vars(case):
        rows = AuthorisationPeriod.objects.known().filter(institution=case.institution_id)
        case._undated = not rows.exists()
    return case._undated


def keep(event, **values):
    """Write into the record what was put right."""
    institution = event.case.institution
    for name, value in values.items():
        setattr(institution, name, value)
    institution._history_user = getattr(event.by, "account", None)  # the system has none
    institution.save()


def _elsewhere(case):
    """The other applications of the institution: they rest on the same record."""
    rows = AuthorisationCase.objects.filter(institution=case.institution_id)
    return rows.exclude(pk=case.pk).order_by("pk")


def _labelled(name):
    """The case is called as the institution is."""

    def also(case, value):
        then = copy(case.institution)
        if name == "parent":
            value = Organisation(pk=-1, name=value) if value else None
        setattr(then, name, value)
        return {"subject_label": str(then)[:300]}

    return also


def _of(name, label, make, here=undated, **kwargs):
    kwargs = {"write": lambda event, value: keep(event, **{name: value}),
              "read": lambda case: getattr(case.institution, name)} | kwargs  # fmt: skip
    return Correctable(name, label, field=make, rests=USED, others=_elsewhere, here=here, **kwargs)


def _line(most, required=False):
    return lambda: forms.CharField(max_length=most, required=required)


def _address(name, label, **kwargs):
    """Several lines, however the browser or a file ended them."""
    return _of(
        name, label, read=lambda case: _in_lines(getattr(case.institution, name)),
        make=lambda: Written(_in_lines, max_length=1000, required=False,
                             widget=forms.Textarea(attrs={"rows": 3})),
        say=lambda value: ", ".join(value.splitlines()), **kwargs,
    )  # fmt: skip


def _in_lines(value):
    return value.replace("\r\n", "\n")


def _choice(choices):
    return lambda: forms.ChoiceField(choices=list(dict(choices).items()))


def _only_one(name):
    """Two records do not say the same name and CVR number."""

    def check(case, value):
        mine = {"cvr": case.institution.cvr, "name_da": case.institution.name_da} | {name: value}
        twins = Institution.objects.filter(
            cvr=mine["cvr"], name_key=normalise(mine["name_da"])[:200], duplicate_of=None
        )
        for twin in twins.exclude(pk=case.institution_id)[:1]:
            yield _now("“%(name)s” (CVR %(cvr)s) is on record already. Find out which of the two is"
                       " a double.") % {"name": twin, "cvr": twin.cvr}  # fmt: skip

    return check


def _another_cvr(event, value):
    parent = event.case.institution.parent
    if parent and undated(event.case):  # the parent was put on record under the same number
        parent = Organisation.objects.get_or_create(name=parent.name, cvr=value)[0]
    keep(event, cvr=value, parent=parent)


def _another_parent(event, value):
    cvr = event.case.institution.cvr
    parent = Organisation.objects.get_or_create(name=value, cvr=cvr)[0] if value else None
    keep(event, parent=parent)


def _stated(case, value):
    """An application states what its kind asks for; a register that came in states nothing."""
    if case.origin != "import":
        yield from rules.private_applicant_states(
            None, {"kind": value, "ownership": case.ownership, "public_work": case.public_work}
        )


def _another_kind(event, value):
    """The price group follows where it followed from the kind; the right to enterprise data was
    decided and stays."""
    institution = event.case.institution
    own = institution.price_group != kinds.price_group(institution.type)
    keep(
        event, type=value, price_group=institution.price_group if own else kinds.price_group(value)
    )


def _another_group(event, value):
    own = value != kinds.price_group(event.case.institution.type)
    keep(event, price_group=value, price_group_reason=event.reason[:300] if own else "")


CORRECTABLE = (
    _of("name_da", _("Name in Danish"), _line(200, required=True), check=_only_one("name_da"),
        also=_labelled("name_da")),
    _of("name_en", _("Name in English"), _line(200), also=_labelled("name_en")),
    _of("parent", _("Parent organisation"), _line(200), also=_labelled("parent"),
        read=lambda case: str(case.institution.parent or ""), write=_another_parent),
    _of("cvr", _("CVR number"), lambda: Written(formats.cvr, max_length=20),
        here=lambda case: True, check=_only_one("cvr"), write=_another_cvr),
    _of("type", _("Kind of institution"), _choice(kinds.TYPES), here=lambda case: True,
        check=_stated, say=lambda value: str(kinds.TYPES[value]), says=("recommendation.type",),
        write=_another_kind),
    _of("price_group", _("Price group"), _choice(kinds.PRICE_GROUPS), here=lambda case: True,
        say=lambda value: str(kinds.PRICE_GROUPS[value]), write=_another_group),
    _of("ean", _("EAN number"), lambda: Written(formats.ean, max_length=20, required=False)),
    _of("mail_domains", _("Mail domains"),
        lambda: Written(formats.mail_domains, max_length=1000), says=("agreement.mail_domains",)),
    _address("address", _("Address"), says=("recipient", "agreement.address")),
    _address("invoice_address", _("Invoice address")),
    _of("web", _("Web page"),
        lambda: forms.URLField(max_length=200, required=False, assume_scheme="https")),
    _of("language", _("Language of letters"), _choice(LANGUAGES),
        read=lambda case: case.language, column="language",
        say=lambda value: dict(LANGUAGES)[value]),
)  # fmt: skip
