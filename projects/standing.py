"""The words for how a project stands at an instant, computed from its dated facts; none is stored."""

import datetime as dt
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
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

from .access import span_of
from .proposal.models import ProposalCase
from .records import ProjectHold, ProjectOwner, ProjectPeriod


def with_standing(projects, at):
    """The queryset with its owner, its signed periods, an open proposal and a hold."""
    return written.annotate(projects, _standing, at=at)


def _standing(at) -> dict:
    mine = {"project": OuterRef("pk")}
    known = ProjectPeriod.objects.known().filter(**mine).order_by("from_at")
    holds = ProjectHold.objects.at(at).filter(**mine).order_by(F("to_at").desc(nulls_first=True))
    owner = ProjectOwner.objects.at(at).filter(**mine).values("institution")
    proposals = ProposalCase.objects.filter(closed_at=None, **mine)
    assessed = proposals.values(told=Value(True))[:1]  # EXISTS would read every open case at once
    return {
        "periods": ArraySubquery(known.values(told=JSONObject(since="from_at", to="to_at"))),
        "owner_id": Subquery(owner[:1], output_field=IntegerField()),
        "assessed": Coalesce(Subquery(assessed), False, output_field=BooleanField()),
        "held": Subquery(holds.values(told=JSONObject(since="from_at", to="to_at",
                                                      condition="condition"))[:1]),
    }  # fmt: skip


def with_answers(projects, at):
    """The same with what a list filters and sorts by: `since`, `until` and `ended`, as `run` has
    them."""
    return written.alias(with_standing(projects, at), _answers, at=at)


def _answers(at) -> dict:
    known = ProjectPeriod.objects.known().filter(project=OuterRef("pk"))
    running = ProjectPeriod.objects.at(at).filter(project=OuterRef("pk"))
    adjoining = ProjectPeriod.objects.known().filter(
        project=OuterRef("project"), from_at=OuterRef("to_at")
    )
    ends = known.filter(~Exists(adjoining), to_at__gt=at).order_by("to_at")
    ended = known.filter(to_at__lte=at).order_by("-to_at")
    instant = {"output_field": DateTimeField()}
    return {
        "since": Subquery(running.values("from_at")[:1], **instant),
        "until": Subquery(ends.values("to_at")[:1], **instant),
        "ended": Subquery(ended.values("to_at")[:1], **instant),
    }


class Run(NamedTuple):
    """How the periods of a project lie around the instant. since, until: of the run of adjoining
    periods that contains it; until, of what is to `begin`, too. ended: when it ran last."""

    runs: bool
    until: dt.datetime | None
    ended: dt.datetime | None
    begins: dt.datetime | None


def run(row) -> Run:
    """Of a project from `with_standing`, now."""
    at, spans = clock.now(), []
    for period in row.periods:
        since, to = _instant(period["since"]), _instant(period["to"])
        if spans and spans[-1][1] == since:
            since = spans.pop()[0]
        spans.append((since, to))
    here = span_of(spans, at)
    ahead = next((span for span in spans if span[0] > at), None)
    ended = max((to for _since, to in spans if to and to <= at), default=None)
    until = (here or ahead or (None, None))[1]
    return Run(here is not None, until, ended, ahead and ahead[0])


def _instant(text):
    return text and dt.datetime.fromisoformat(text)


def state(row) -> str:
    """ "Runs until ...", of a project from `with_standing`."""
    now = run(row)
    if now.runs and now.until is None:
        words = _("Runs without an end")
    elif now.runs:
        words = _("Runs until %(day)s") % {"day": day(clock.last_day(now.until))}
    elif now.begins:
        words = _("Begins on %(day)s") % {"day": day(clock.day_of(now.begins))}
    elif now.ended:
        words = _("Ended on %(day)s") % {"day": day(clock.last_day(now.ended))}
    else:
        words = _("Not in force")
    return _("%(state)s, in assessment") % {"state": words} if row.assessed else words


def tone(row) -> str:
    if row.held:
        return "bad"
    now = run(row)
    return "good" if now.runs else "open" if row.assessed or now.begins else "closed"


def ends(row):
    """The last day of what runs, or of what is to begin; None without any."""
    until = run(row).until
    return until and clock.last_day(until)


def held(row) -> str:
    """Why nobody reaches the project for a while, or nothing."""
    if not row.held:
        return ""
    since = day(clock.day_of(_instant(row.held["since"])))
    if row.held["to"]:
        until = clock.last_day(_instant(row.held["to"]))
        return _("On hold since %(since)s until %(day)s") % {"since": since, "day": day(until)}
    return _("On hold since %(since)s until: %(condition)s") % {
        "since": since, "condition": row.held["condition"],
    }  # fmt: skip


def owners(rows) -> dict:
    """{id: institution} of the owners of these projects, in one query."""
    pks = {row.owner_id for row in rows}
    return {one.pk: one for one in Institution.objects.select_related("parent").filter(pk__in=pks)}
