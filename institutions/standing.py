"""The words for how an institution stands today, computed from its dated facts; none is stored."""

import datetime as dt

from django.db.models import DateTimeField, F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from fsesys.core import casepage, clock, written

from .records import AuthorisationPeriod, InstitutionHold


def ends_at(institution, at):
    """When the authorisation in force ends, or None: what begins under it ends with it."""
    return institution.periods.at(at).values_list("to_at", flat=True).first()


def in_full_force(institution, at) -> bool:
    """Authorised at the instant, and no hold runs."""
    return institution.periods.at(at).exists() and not institution.holds.at(at).exists()


def with_standing(institutions, at):
    """The queryset with `since` (authorised) and `held`, the hold that runs and ends last."""
    return written.annotate(institutions, _standing, at=at)


def _standing(at) -> dict:
    running = AuthorisationPeriod.objects.at(at).filter(institution=OuterRef("pk"))
    holds = InstitutionHold.objects.at(at).filter(institution=OuterRef("pk"))
    last = holds.order_by(F("to_at").desc(nulls_first=True), "pk")
    told = JSONObject(since="from_at", to="to_at", condition="condition")
    return {
        "since": Subquery(running.values("from_at")[:1], output_field=DateTimeField()),
        "held": Subquery(last.values(told=told)[:1]),
    }


def _instant(text):
    return text and dt.datetime.fromisoformat(text)


def suspended(row) -> str:
    """ "Suspended since ... until ..." of an institution from `with_standing`, or nothing."""
    if not (row.since and row.held):
        return ""
    since = casepage.day(clock.day_of(_instant(row.held["since"])))
    if row.held["to"]:
        return _("Suspended since %(since)s until %(day)s") % {
            "since": since, "day": casepage.day(clock.last_day(_instant(row.held["to"]))),
        }  # fmt: skip
    return _("Suspended since %(since)s until: %(condition)s") % {
        "since": since, "condition": row.held["condition"],
    }  # fmt: skip


def authorised(row, at) -> str:
    """Authorised since when, and until when it ends; or when and how it ended."""
    if row.duplicate_of_id:
        return _("Double of %(name)s") % {"name": row.duplicate_of}
    if row.since is None:
        return _ended(row, at)
    since = casepage.day(clock.day_of(row.since))
    ends_at = row.periods.at(at).values_list("to_at", flat=True).first()
    if ends_at:
        return _("Authorised since %(since)s, ends after %(day)s") % {
            "since": since, "day": casepage.day(clock.last_day(ends_at)),
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
    return words % {"day": casepage.day(clock.last_day(period.to_at))}
