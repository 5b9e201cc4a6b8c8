"""What can be corrected on a result of the test: the day on which it was taken."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, facts
from fsesys.core.correcting import column, not_ahead
from fsesys.core.forms import DayField
from fsesys.core.wording import day

from ..records import CertificationPass
from . import selectors
from .rules import too_early


def _free(case, value):
    yield from not_ahead(case, value)
    yield from too_early(value, case.person.researcher.birth_year)
    if case.state == "passed" and selectors.passed(case.person.human(), value):
        yield _now("A pass on %(day)s is on record already.") % {"day": day(value)}


def _retake(event, value):
    for fact in CertificationPass.objects.known().filter(case=event.case_id):
        facts.replace(fact, at=event.at, by=event.by, event=event, passed_on=value,
                      from_at=clock.midnight(value))  # fmt: skip


CORRECTABLE = (
    column("taken_on", _("Taken on"), DayField, check=_free, write=_retake,
           also=lambda case, value: {"reminded": 0},
           rests=("register_result", "file_training", "import")),
)  # fmt: skip
