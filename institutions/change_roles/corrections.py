"""What can be corrected on a change of roles: whose role it is, and its first or last day."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, facts
from fsesys.core.correcting import column, not_ahead
from fsesys.core.forms import DayField
from fsesys.core.misspelt import of_person
from fsesys.core.wording import day

from ..records import RoleHolding
from ..responsible.rules import begins_under
from ..standing import ends_at
from . import rules, selectors

PAIR = {"responsible", "substitute"}  # nobody is both


def _role(case):
    """The role that the case gave, or the one that it ended and that no other case has touched."""
    rows = RoleHolding.objects.filter(institution=case.institution_id, person=case.person_id,
                                      role=case.role)  # fmt: skip
    written = rows.filter(event__case=case.pk).order_by("pk").last()
    if written is None or case.state != "registered":
        return None
    if case.from_on is None:
        return written if written.retracted_at is None else None
    return rows.known().filter(from_at=written.from_at).first()


def _added(case):
    return case.from_on is not None and _role(case) is not None


def _ended(case):
    return case.last_on is not None and _role(case) is not None


def _clash(case, row, from_at, to_at):
    rows = RoleHolding.objects.known().filter(
        Q(to_at=None) | Q(to_at__gt=from_at), institution=case.institution_id,
        person=case.person_id, role__in=PAIR if case.role in PAIR else {case.role},
    ).exclude(pk=row.pk)  # fmt: skip
    other = (rows.filter(from_at__lt=to_at) if to_at else rows).first()
    if other:
        yield _now("%(person)s holds another role in that time: %(role)s.") % {
            "person": case.person.name, "role": other.get_role_display(),
        }  # fmt: skip


def _begins(case, value):
    row, typed = _role(case), {"from_on": value}
    known = selectors.facts(case, clock.now())
    yield from rules.begins_within(known, typed)
    yield from begins_under(known, typed)
    if row.to_at and value > clock.last_day(row.to_at):
        yield _now("The role ends on %(day)s already.") % {"day": day(clock.last_day(row.to_at))}
    yield from _clash(case, row, clock.begins(value, clock.now()), row.to_at)


def _ends(case, value):
    row = _role(case)
    begun, under = clock.day_of(row.from_at), ends_at(case.institution, row.from_at)
    if value < begun:
        yield _now("The role began on %(day)s and can not have ended before.") % {"day": day(begun)}
    if under and clock.after(value) > under:
        yield _now("The authorisation ends on %(day)s; no role goes on after that.") % {
            "day": day(clock.last_day(under))
        }
    yield from _clash(case, row, row.from_at, clock.after(value))


def _begin(event, value):
    facts.replace(_role(event.case), at=event.at, by=event.by, event=event,
                  from_at=clock.begins(value, event.at))  # fmt: skip


def _end(event, value):
    facts.replace(_role(event.case), at=event.at, by=event.by, event=event,
                  to_at=clock.after(value))  # fmt: skip


CORRECTABLE = (
    column("asked_on", _("Asked on"), DayField, check=not_ahead),
    of_person("name", _("Name"), lambda: forms.CharField(max_length=200), rests=("add_role",),
              here=_added),
    of_person("mail", _("Mail"), forms.EmailField, rests=("add_role",), here=_added),
    column("from_on", _("From"), DayField, rests=("add_role",), check=_begins, write=_begin,
           here=_added),
    column("last_on", _("Last day"), DayField, rests=("end_role",), check=_ends, write=_end,
           here=_ended),
)  # fmt: skip
