"""Reads about an institution that every process on it, and every higher layer, may ask for.

`institution` is an Institution or its id; `at` an instant.
"""

from django.utils.translation import gettext as _

from fsesys.core import clock
from fsesys.core.casepage import day

from .records import AuthorisationPeriod, RoleHolding


def head_of(institution, at):
    """The responsible person at the instant, or None."""
    held = _responsible(institution).at(at).select_related("person").first()
    return held and held.person


def has_responsible(institution, at) -> bool:
    """Whether somebody is responsible: without, nothing new is approved (issue 3, section 2)."""
    return _responsible(institution).at(at).exists()


def gap_since(institution, at):
    """The instant since which an authorised institution has no responsible person, or None."""
    period = AuthorisationPeriod.objects.at(at).filter(institution=institution).first()
    if period is None or has_responsible(institution, at):
        return None
    ended = _responsible(institution).filter(to_at__lte=at).order_by("-to_at")
    return max([period.from_at, *ended.values_list("to_at", flat=True)[:1]])


def gap(institution, at) -> str:
    """The gap as a sentence for pages, empty where there is none."""
    since = gap_since(institution, at)
    if since is None:
        return ""
    return _("No responsible person since %(day)s") % {"day": day(clock.day_of(since))}


def coming_head(institution, at) -> str:
    """Who is signed to become responsible on a later day, as a sentence; empty for nobody."""
    row = _responsible(institution).filter(from_at__gt=at).select_related("person").first()
    if row is None:
        return ""
    return _("%(person)s has signed and becomes responsible on %(day)s. Another signature that is"
             " registered takes the place of that one.") % {
        "person": row.person.name, "day": day(clock.day_of(row.from_at)),
    }  # fmt: skip


def responsible_until(institution, person):
    """The last day on which the person was responsible there; None while it runs, or never."""
    rows = _responsible(institution).filter(person=person).order_by("-from_at")
    ended = rows.values_list("to_at", flat=True).first()
    return ended and clock.last_day(ended)


def _responsible(institution):
    return RoleHolding.objects.known().filter(institution=institution, role="responsible")
