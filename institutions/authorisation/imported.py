"""The day since which an institution is authorised, and how it is corrected where it was imported."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, facts
from fsesys.core.correcting import Correctable, not_ahead
from fsesys.core.forms import DayField
from fsesys.core.wording import day

from ..records import AuthorisationPeriod, EnterpriseRight, InstitutionFacts, RoleHolding

DATED = (AuthorisationPeriod, EnterpriseRight, RoleHolding, InstitutionFacts)


def since(case):
    """The instant at which the authorisation of the case began, or None."""
    periods = AuthorisationPeriod.objects.known().filter(case=case.pk)
    return periods.order_by("from_at").values_list("from_at", flat=True).first()


def _rows(case, **when):
    for model in DATED:
        yield from model.objects.known().filter(institution=case.institution_id, **when)


def _before_what_followed(case, value):
    """No later change of a right, a role or a fact may come to lie before the authorisation."""
    yield from not_ahead(case, value)
    begun, at = since(case), clock.midnight(value)
    followed = [row.to_at for row in _rows(case, from_at=begun, to_at__lte=at)]
    followed += [row.from_at for row in _rows(case, from_at__gt=begun, from_at__lt=at)]
    if followed:
        yield _now(
            "Something about the institution changed on %(day)s; the authorisation began before"
            " that day."
        ) % {"day": day(clock.day_of(min(followed)))}


def _begin(event, value):
    """All that began with the authorisation begins on the right day, whatever ended it since."""
    for row in list(_rows(event.case, from_at=since(event.case))):
        facts.replace(row, at=event.at, by=event.by, event=event, from_at=clock.midnight(value))


AUTHORISED_ON = Correctable(
    "authorised_on", _("Authorised since"), lambda case: clock.day_of(since(case)), DayField,
    rests=("import",), also=lambda case, value: {"received_on": value},
    check=_before_what_followed, write=_begin,
    here=lambda case: case.origin == "import" and since(case) is not None,
)  # fmt: skip
