"""The words for how a project stands at an instant, computed from its dated facts; none is stored."""

import datetime as dt

from django.db.models import (
    BooleanField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext as _

from fsesys.core import clock, written
from fsesys.core.wording import day
from institutions.records import Institution

from .proposal.models import ProposalCase
from .records import ProjectHold, ProjectOwner, ProjectPeriod


def with_standing(projects, at):
    """The queryset with its owner, since and until when it runs, when it ran last, an open proposal
    and a hold. `until` is where no other period adjoins; of what is to begin, when that ends."""
    return written.annotate(projects, _standing, at=at)


def _standing(at) -> dict:
    mine = {"project": OuterRef("pk")}
    running = ProjectPeriod.objects.at(at).filter(**mine)
    known = ProjectPeriod.objects.known().filter(**mine)
    adjoining = ProjectPeriod.objects.known().filter(
        project=OuterRef("project"), from_at=OuterRef("to_at")
    )
    ends = known.filter(~Exists(adjoining), to_at__gt=at)
    past, ahead = known.filter(to_at__lte=at), known.filter(from_at__gt=at)
    holds = ProjectHold.objects.at(at).filter(**mine).order_by(F("to_at").desc(nulls_first=True))
    owner = ProjectOwner.objects.at(at).filter(**mine).values("institution")
    proposals = ProposalCase.objects.filter(closed_at=None, **mine)
    assessed = proposals.values(told=Value(True))[:1]  # EXISTS would read every open case at once
    instant = {"output_field": DateTimeField()}
    return {
        "since": Subquery(running.values("from_at")[:1], **instant),
        "until": Subquery(ends.order_by("to_at").values("to_at")[:1], **instant),
        "ended": Subquery(past.order_by("-to_at").values("to_at")[:1], **instant),
        "begins": Subquery(ahead.order_by("from_at").values("from_at")[:1], **instant),
        "owner_id": Subquery(owner[:1], output_field=IntegerField()),
        "assessed": Coalesce(Subquery(assessed), False, output_field=BooleanField()),
        "held": Subquery(holds.values(told=JSONObject(since="from_at", to="to_at",
                                                      condition="condition"))[:1]),
    }  # fmt: skip


def state(row) -> str:
    """ "Runs until ...", of a project from `with_standing`."""
    if row.since and row.until is None:
        words = _("Runs without an end")
    elif row.since:
        words = _("Runs until %(day)s") % {"day": day(clock.last_day(row.until))}
    elif row.begins:
        words = _("Begins on %(day)s") % {"day": day(clock.day_of(row.begins))}
    elif row.ended:
        words = _("Ended on %(day)s") % {"day": day(clock.last_day(row.ended))}
    else:
        words = _("Not in force")
    return _("%(state)s, in assessment") % {"state": words} if row.assessed else words


def tone(row) -> str:
    if row.held:
        return "bad"
    return "good" if row.since else "open" if row.assessed or row.begins else "closed"


def held(row) -> str:
    """Why nobody reaches the project for a while, or nothing."""
    if not row.held:
        return ""
    since = day(clock.day_of(dt.datetime.fromisoformat(row.held["since"])))
    if row.held["to"]:
        until = clock.last_day(dt.datetime.fromisoformat(row.held["to"]))
        return _("On hold since %(since)s until %(day)s") % {"since": since, "day": day(until)}
    return _("On hold since %(since)s until: %(condition)s") % {
        "since": since, "condition": row.held["condition"],
    }  # fmt: skip


def owners(rows) -> dict:
    """{id: institution} of the owners of these projects, in one query."""
    pks = {row.owner_id for row in rows}
    return {one.pk: one for one in Institution.objects.select_related("parent").filter(pk__in=pks)}
