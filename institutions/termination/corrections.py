"""What can be corrected on an ended authorisation: a last day that was written, and when the wish
came in. An end at once is a decision of that moment: no day was written."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, facts
from fsesys.core.correcting import Correctable, column, not_ahead
from fsesys.core.forms import DayField
from fsesys.core.wording import day

from ..records import AuthorisationPeriod, EnterpriseRight, RoleHolding

ENDING = (AuthorisationPeriod, EnterpriseRight, RoleHolding)


def _period(case):
    """The authorisation that the case ended, where no other end came after."""
    rows = AuthorisationPeriod.objects.known().filter(event__case=case.pk, to_at__isnull=False)
    return rows.first()


def _written(case):
    return case.ends_on is not None and _period(case) is not None


def _between(case, value):
    period, decided = _period(case), clock.day_of(case.opened_at)
    if value < decided:
        yield _now("The end was decided on %(day)s; the last day can not lie before that.") % {
            "day": day(decided)
        }
    later = AuthorisationPeriod.objects.known().filter(institution=case.institution_id,
                                                       from_at__gt=period.from_at)  # fmt: skip
    anew = later.order_by("from_at").first()
    if anew and clock.after(value) > anew.from_at:
        yield _now("The institution is authorised anew since %(day)s.") % {
            "day": day(clock.day_of(anew.from_at))
        }


def _end(event, value):
    """With the authorisation what ended with it, and what was begun under this end since. A role
    that was to end on that day anyway keeps it."""
    case, old = event.case, _period(event.case).to_at
    first = case.events.earliest("revision").pk
    for table in ENDING:
        rows = table.objects.known().filter(institution=case.institution_id, to_at=old)
        rows = list(rows.filter(event__gte=first).exclude(event__verb="end_role"))
        facts.end_all(rows, at=event.at, by=event.by, event=event, to_at=clock.after(value))


CORRECTABLE = (
    Correctable("ends_on", _("Last day of the authorisation"), lambda case: case.ends_on, DayField,
                rests=("terminate", "terminate_on_wish"), column="ends_on", says=("last_day",),
                check=_between, write=_end, here=_written),
    column("received_on", _("Letter received on"), DayField, rests=("terminate_on_wish",),
           says=("received_on",), check=not_ahead, here=lambda case: case.received_on is not None),
)  # fmt: skip
