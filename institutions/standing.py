"""The words for how an institution stands today, computed from its dated facts; none is stored."""

import datetime as dt

from django.db.models import DateTimeField, F, OuterRef, Subquery
from django.utils.translation import gettext as _

from fsesys.core import casepage, clock

from .records import AuthorisationPeriod, InstitutionHold

MOMENT = dt.timedelta(microseconds=1)


def last_day(to_at):
    """The last day of a fact that ends at the instant: an end at midnight is the day before."""
    return clock.day_of(to_at - MOMENT)


def after(day):
    """The instant at which a fact ends whose last day is given."""
    return clock.midnight(day + dt.timedelta(days=1))


def with_standing(institutions, at):
    """The queryset with `since` (authorised) and the hold that runs and ends last, in one query."""
    running = AuthorisationPeriod.objects.at(at).filter(institution=OuterRef("pk"))
    holds = InstitutionHold.objects.at(at).filter(institution=OuterRef("pk"))
    last = holds.order_by(F("to_at").desc(nulls_first=True), "pk")
    moment = DateTimeField()
    return institutions.annotate(
        since=Subquery(running.values("from_at")[:1], output_field=moment),
        ends_at=Subquery(running.values("to_at")[:1], output_field=moment),
        held_since=Subquery(last.values("from_at")[:1], output_field=moment),
        held_to=Subquery(last.values("to_at")[:1], output_field=moment),
        held_until=Subquery(last.values("condition")[:1]),
    )


def suspended(row) -> str:
    """ "Suspended since ... until ..." of an institution from `with_standing`, or nothing."""
    if not (row.since and row.held_since):
        return ""
    since = casepage.day(clock.day_of(row.held_since))
    if row.held_to:
        return _("Suspended since %(since)s until %(day)s") % {
            "since": since, "day": casepage.day(last_day(row.held_to)),
        }  # fmt: skip
    return _("Suspended since %(since)s until: %(condition)s") % {
        "since": since, "condition": row.held_until,
    }  # fmt: skip


def authorised(row, at) -> str:
    """Authorised since when, and until when it ends; or when and how it ended."""
    if row.duplicate_of_id:
        return _("Double of %(name)s") % {"name": row.duplicate_of}
    if row.since is None:
        return _ended(row, at)
    since = casepage.day(clock.day_of(row.since))
    if row.ends_at:
        return _("Authorised since %(since)s, ends after %(day)s") % {
            "since": since, "day": casepage.day(last_day(row.ends_at)),
        }  # fmt: skip
    return _("Authorised since %(day)s") % {"day": since}


def _ended(institution, at):
    past = institution.periods.known().filter(to_at__lte=at).select_related("event__case")
    period = past.order_by("-to_at").first()
    if period is None:
        return _("Not authorised")
    words = {
        "terminate": _("Authorisation ended on %(day)s, terminated"),
        "terminate_on_wish": _("Authorisation ended on %(day)s at the institution's own wish"),
    }.get(period.event.verb if period.event else "", _("Authorisation ended on %(day)s"))
    return words % {"day": casepage.day(last_day(period.to_at))}
