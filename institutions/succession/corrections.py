"""What can be corrected on a succession: who succeeds, and from which day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, facts
from fsesys.core.correcting import Correctable
from fsesys.core.forms import DayField
from fsesys.core.refusal import Refused

from ..records import AuthorisationPeriod, Institution
from . import rules, selectors

RESTS = ("register_successor",)


def _authorised():
    running = AuthorisationPeriod.objects.at(clock.now()).values("institution")
    rows = Institution.objects.select_related("parent").filter(pk__in=running)
    return forms.ModelChoiceField(queryset=rows.order_by("name_da"))


def _since(case):
    return clock.day_of(selectors.of(case).from_at)


def _wrong(case, successor, day):
    typed = {"successor": successor.pk, "from_on": day, "line": selectors.line(successor),
             "authorised": selectors.authorised(successor, day)}  # fmt: skip
    known = selectors.facts(case, clock.now())
    for rule in (rules.another, rules.successor_authorised, rules.no_circle, rules.begun):
        yield from rule(known, typed)


def _succeeds(case, value):
    yield from _wrong(case, value, _since(case))


def _begins(case, value):
    yield from _wrong(case, selectors.of(case).successor, value)


def _another(event, value):
    """Looked at once more when no other succession is written."""
    selectors.hold_line()
    wrong = list(_succeeds(event.case, value))
    if wrong:
        raise Refused(wrong)
    facts.replace(selectors.of(event.case), at=event.at, by=event.by, event=event,
                  successor_id=value.pk)  # fmt: skip


def _begin(event, value):
    facts.replace(selectors.of(event.case), at=event.at, by=event.by, event=event,
                  from_at=clock.midnight(value))  # fmt: skip


def _stands(case):
    return selectors.of(case) is not None


CORRECTABLE = (
    Correctable("successor", _("Succeeded by"), lambda case: case.successor, _authorised,
                rests=RESTS, column="successor", check=_succeeds, write=_another, here=_stands),
    Correctable("from_on", _("From"), _since, DayField, rests=RESTS, check=_begins, write=_begin,
                here=_stands),
)  # fmt: skip
