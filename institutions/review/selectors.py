"""Reads of reviews: the facts of the rules, and whose review comes."""

import datetime as dt
from dataclasses import dataclass

from fsesys.core.parameters import parameters

from ..records import AuthorisationPeriod, Institution
from .models import ReviewCase


@dataclass(frozen=True)
class Facts:
    authorised: bool


def facts(case, at) -> Facts:
    periods = AuthorisationPeriod.objects.at(at).filter(institution=case.institution_id)
    return Facts(authorised=periods.exists())


def coming(today, at):
    """Authorised institutions whose review is near and not begun, the earliest first."""
    until = today + dt.timedelta(days=parameters(today)["review_notice_days"])
    running = AuthorisationPeriod.objects.at(at).values("institution")
    begun = ReviewCase.objects.filter(closed_at=None).values("institution")
    rows = Institution.objects.filter(review_on__lte=until, pk__in=running)
    return rows.exclude(pk__in=begun).order_by("review_on", "pk")
