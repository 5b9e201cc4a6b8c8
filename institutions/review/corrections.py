"""What can be corrected on a yearly review: what was found right, and the day of the next one."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock
from fsesys.core.correcting import Correctable, column
from fsesys.core.forms import DayField
from fsesys.core.wording import day

from .forms import POINTS
from .models import ReviewCase

RESTS = ("confirm_review",)


def _points():
    return forms.MultipleChoiceField(choices=POINTS, required=False,
                                     widget=forms.CheckboxSelectMultiple)  # fmt: skip


def _said(value):
    return ", ".join(str(label) for slug, label in POINTS if slug in value)


def _last(case):
    """The day of the next review was set by this one, while there is none after it."""
    later = ReviewCase.objects.filter(institution=case.institution_id, pk__gt=case.pk)
    return case.state == "confirmed" and not later.exclude(state="withdrawn").exists()


def _after(case, value):
    held = clock.day_of(case.closed_at)
    if value <= held:
        yield _now("This review was confirmed on %(day)s; the next one comes after that.") % {
            "day": day(held)
        }


def _next(event, value):
    institution = event.case.institution
    institution.review_on = value
    institution._history_user = getattr(event.by, "account", None)
    institution.save()


CORRECTABLE = (
    column("checked", _("Found right"), _points, rests=RESTS, say=_said,
           here=lambda case: case.state == "confirmed"),
    Correctable("next_review", _("Next review"), lambda case: case.institution.review_on, DayField,
                rests=RESTS, check=_after, write=_next, here=_last),
)  # fmt: skip
