"""What can be corrected on a change of facts: the day from which it holds, and why no supplement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock
from fsesys.core.correcting import column
from fsesys.core.forms import DayField

from ..records import InstitutionFacts
from . import actions, rules, selectors


def _stands_alone(case):
    """While no later change was built on it. (Another day can then be written by a new change.)"""
    rows = InstitutionFacts.objects.filter(event__case=case.pk)
    touched = rows.filter(retracting_event__isnull=False).exclude(retracting_event__case=case.pk)
    signed = case.supplement == "yes" and rules.AT_SIGNATURE & set(case.changes)
    return not signed and rows.known().exists() and not touched.exists()


def _from_when(case, value):
    yield from rules.from_when(selectors.facts(case, clock.now()), {"from_on": value})


def _begin(event, value):
    actions.put_anew(event, clock.begins(value, event.at))


CORRECTABLE = (
    column("from_on", _("Holds from"), DayField, rests=("change_facts",), says=("from_on",),
           check=_from_when, write=_begin, here=_stands_alone),
    column("supplement_reason", _("Why no supplementary agreement"),
           lambda: forms.CharField(max_length=300), rests=("change_facts",),
           here=lambda case: case.supplement == "no"),
)  # fmt: skip
