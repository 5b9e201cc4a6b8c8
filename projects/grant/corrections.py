"""What can be corrected on an access: the day of the request, and the last day that was set."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, facts
from fsesys.core.correcting import Correctable, column, not_ahead, own
from fsesys.core.forms import DayField
from fsesys.core.wording import day

from ..records import Grant
from . import selectors


def _asked(case, value):
    yield from not_ahead(case, value)
    if not selectors.speaks(case.asked_by, case.project, value):
        yield _now("%(person)s held no role at the project's owner on %(day)s and can not ask.") % {
            "person": case.asked_by.name, "day": day(value)
        }  # fmt: skip


def _has_ended(case):
    fact = selectors.of(case)
    return bool(fact and fact.to_at and own(fact, case))


def _last(case):
    return clock.last_day(selectors.of(case).to_at)


def _within(case, value):
    fact = selectors.of(case)
    if value < clock.day_of(fact.from_at):
        yield _now("The last day can not lie before the first.")
    later = Grant.objects.known().filter(person=fact.person_id, project=fact.project_id,
                                         from_at__gt=fact.from_at).order_by("from_at")  # fmt: skip
    following = later.first()
    if following and clock.after(value) > following.from_at:
        yield _now("The person was granted this project anew on %(day)s.") % {
            "day": day(clock.day_of(following.from_at))
        }


def _end(event, value):
    facts.replace(selectors.of(event.case), at=event.at, by=event.by, event=event,
                  to_at=clock.after(value))  # fmt: skip


CORRECTABLE = (
    column("asked_on", _("Asked on"), DayField, rests=("grant",), check=_asked,
           here=lambda case: case.asked_on is not None),
    Correctable("last_on", _("Last day"), _last, DayField, rests=("end", "import"), check=_within,
                says=("last_on",), write=_end, here=_has_ended),
)  # fmt: skip
