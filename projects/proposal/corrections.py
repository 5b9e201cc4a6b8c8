"""What can be corrected on a proposal that is decided: how the project is called, the day of the
signature, and the last day in force. What a version says stays as it was registered."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, facts
from fsesys.core.correcting import Correctable, own
from fsesys.core.forms import DayField
from fsesys.core.wording import day
from institutions import resigning

from ..records import DataBasis, ProjectPeriod
from . import following, selectors


def _period(case):
    return ProjectPeriod.objects.known().filter(case=case.pk).order_by("from_at").last()


def _ends(case):
    """Not where a later version or the end of the project set its end."""
    period = _period(case)
    return bool(period and period.to_at and own(period, case))


def _within(case, value):
    period = _period(case)
    if value < clock.day_of(period.from_at):
        yield _now("The last day can not lie before the first.")
    later = ProjectPeriod.objects.known().filter(project=case.project_id,
                                                 from_at__gt=period.from_at)  # fmt: skip
    following = later.order_by("from_at").first()
    if following and clock.after(value) > following.from_at:
        yield _now("Version %(number)d is in force from %(day)s.") % {
            "number": following.version, "day": day(clock.day_of(following.from_at))
        }  # fmt: skip


def _end(event, value):
    """The registers of the version end with its period."""
    period = _period(event.case)
    basis = DataBasis.objects.known().filter(case=event.case_id, to_at=period.to_at)
    for fact in (period, *basis):
        facts.replace(fact, at=event.at, by=event.by, event=event, to_at=clock.after(value))


def _retitle(event, value):
    """The project is called so where it is called by this proposal: the first one, or the one that
    holds. A re-proposal gives its title when its signed period begins."""
    project = event.case.project
    period = following.holding(project, event.at)
    if period is None or period.case_id == event.case_id:
        project.title, project._history_user = value, event.by.account
        project.save()


def _label(case, value):
    return {"subject_label": f"{case.project.number} {value}"}


def _signed(event, value):
    period = _period(event.case)
    if period:
        facts.replace(period, at=event.at, by=event.by, event=event, signed_on=value)


CORRECTABLE = (
    Correctable("title", _("Title of the project"), lambda case: case.title,
                lambda: forms.CharField(max_length=200), rests=("approve", "import"),
                column="right_title", also=_label, write=_retitle),
    resigning.signed_on(_("Day of the signature"), "register_signature", selectors.agreement,
                        also=_signed),
    Correctable("last_on", _("Last day of the project"),
                lambda case: clock.last_day(_period(case).to_at), DayField,
                rests=("register_signature", "import"), says=("last_on",), also=lambda case, value: {"warned": None},
                check=_within, write=_end, here=_ends),
)  # fmt: skip
