"""What can be corrected on a change of responsible person: who it is, when the declaration was
signed, when the role began, and the last day of the former person."""

import datetime as dt

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, facts
from fsesys.core.correcting import Correctable, column, not_ahead
from fsesys.core.forms import DayField
from fsesys.core.misspelt import of_person
from fsesys.core.wording import day

from .. import resigning
from ..records import RoleHolding
from . import actions

ASKED, SIGNED = ("register_change", "register_signature"), ("register_signature",)


def _heads(case):
    rows = RoleHolding.objects.known().filter(institution=case.institution_id, role="responsible")
    return rows.select_related("person").order_by("from_at")


def _role(case):
    """The role that the case gave, while no other case has touched it."""
    return _heads(case).filter(event__case=case.pk, person=case.person_id).first()


def _before(case):
    """The role of who was responsible last before that."""
    return _heads(case).filter(from_at__lt=_role(case).from_at).last()


def _since(case):
    return clock.day_of(_role(case).from_at)


def _begins(case, value):
    row, signed = _role(case), resigning.standing(actions.declaration(case), "them")
    first = signed.signed_on if signed else value
    former, start = _before(case), clock.begins(value, clock.now())
    if former and start <= former.from_at:
        first = max(first, clock.day_of(former.from_at) + dt.timedelta(days=1))
    elif former and former.to_at < row.from_at and start < former.to_at:
        first = max(first, clock.last_day(former.to_at) + dt.timedelta(days=1))
    if value < first:
        yield _now("The role can begin on %(day)s at the earliest: after the signature, and after"
                   " the person before.") % {"day": day(first)}  # fmt: skip
    if row.to_at and value > clock.last_day(row.to_at):
        yield _now("The role ends on %(day)s already.") % {"day": day(clock.last_day(row.to_at))}


def _begin(event, value):
    """Where the former role ended with the beginning of this one, it goes on until then."""
    row, former = _role(event.case), _before(event.case)
    start, stamp = clock.begins(value, event.at), {"at": event.at, "by": event.by, "event": event}
    moves = [(row, {"from_at": start})]
    if former and former.to_at == row.from_at:
        moves.insert(0 if start < row.from_at else 1, (former, {"to_at": start}))
    for fact, change in moves:
        facts.replace(fact, **stamp, **change)


def _left(case):
    """The role of the former person, where the case itself ended it on the day they left."""
    if case.left_on is None:
        return None
    rows = _heads(case).filter(person=case.former_id, event__case=case.pk)
    return rows.filter(to_at__isnull=False).last()


def _leaves(case, value):
    row = _left(case)
    begun = clock.day_of(row.from_at)
    yield from not_ahead(case, value)
    if value < begun:
        yield _now("%(person)s became responsible on %(day)s and can not have left before.") % {
            "person": row.person.name, "day": day(begun),
        }  # fmt: skip
    after = _heads(case).filter(from_at__gt=row.from_at).first()
    if after and clock.after(value) > after.from_at:
        yield _now("%(person)s is responsible since %(day)s.") % {
            "person": after.person.name, "day": day(clock.day_of(after.from_at)),
        }  # fmt: skip


def _leave(event, value):
    facts.replace(_left(event.case), at=event.at, by=event.by, event=event,
                  to_at=min(clock.after(value), event.at))  # fmt: skip


CORRECTABLE = (
    column("asked_on", _("Asked on"), DayField, check=not_ahead),
    of_person("name", _("Name of the new responsible person"),
              lambda: forms.CharField(max_length=200), rests=ASKED),
    of_person("title", _("Title of the new responsible person"),
              lambda: forms.CharField(max_length=200, required=False), rests=ASKED),
    of_person("mail", _("Mail of the new responsible person"), forms.EmailField, rests=ASKED),
    column("left_on", _("Last day of the former person"), DayField, rests=("register_change",),
           check=_leaves, write=_leave, here=lambda case: _left(case) is not None),
    resigning.signed_on(_("Day of the signature"), "register_signature", actions.declaration),
    Correctable("begins_on", _("The role begins on"), _since, DayField, rests=SIGNED,
                column="from_on", says=("responsible_changed.date",), check=_begins, write=_begin,
                here=lambda case: _role(case) is not None),
)  # fmt: skip
