"""How a researcher stands, computed from dated facts: associated where, certified until when.

Nothing of it is stored. What the rule of access makes of it is said in projects/access.py.
"""

import calendar
import datetime as dt

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext as _

from fsesys.core import clock, written
from fsesys.core.parameters import parameters
from fsesys.core.people import Person
from fsesys.core.wording import day
from institutions.kinds import called, told

from .records import Association, CertificationPass


def with_standing(researchers, at):
    """The queryset with `homes` (names of institutions) and `passed_on`, the latest test passed
    under any record of the human being."""
    return written.annotate(researchers, _standing, at=at)


def _standing(at) -> dict:
    runs = Association.objects.at(at).filter(person=OuterRef("person"))
    latest = _passes(at).order_by("-passed_on").values("passed_on")[:1]
    names = runs.order_by("institution__name_da").values(told=JSONObject(**told("institution__")))
    return {"homes": ArraySubquery(names), "passed_on": Subquery(latest)}


def places(row) -> str:
    """Where the researcher of a row with `homes` is associated, in the reader's language."""
    return "; ".join(called(**home) for home in row.homes)


def with_answers(researchers, at):
    """The same with the answers that a list filters by: `homed`, `able` (certified), yes or no."""
    first = earliest(clock.day_of(at), months(at))
    return written.alias(with_standing(researchers, at), _answers, at=at, first=first)


def _answers(at, first) -> dict:
    runs = Association.objects.at(at).filter(person=OuterRef("person"))
    return {"homed": Exists(runs), "able": Exists(_passes(at).filter(passed_on__gte=first))}


def _passes(at):
    """The tests passed under any record of the human being of the researcher outside."""
    own = Person.objects.filter(pk=OuterRef(OuterRef(OuterRef("person"))))
    root = Subquery(own.values(root=Coalesce("same_as", "pk")))
    known = CertificationPass.objects.known().filter(from_at__lte=at)
    human = Person.objects.filter(Q(pk=root) | Q(same_as=root))
    return known.filter(person__in=human.values("pk"))


def months(at) -> int:
    return parameters(clock.day_of(at))["certification_months"]


def until(passed_on, months):
    """The last day on which the test counts: the same day so many months on, or the month's last
    where there is none (29 February becomes 28 February)."""
    years, month = divmod(passed_on.month - 1 + months, 12)
    year, month = passed_on.year + years, month + 1
    return dt.date(year, month, min(passed_on.day, calendar.monthrange(year, month)[1]))


def earliest(today, months):
    """The first day on which a test was passed that counts today."""
    day = until(today, -months)
    while until(day, months) < today:
        day += dt.timedelta(days=1)
    return day


def certified_until(row):
    """The day on which the certificate of the row runs out, or ran out; None without any."""
    return row.passed_on and until(row.passed_on, months(clock.now()))


def span(fact) -> str:
    """From when until when a fact runs, in words."""
    since = day(clock.day_of(fact.from_at))
    if fact.to_at is None:
        return _("since %(since)s") % {"since": since}
    return _("from %(since)s until %(last)s") % {
        "since": since, "last": day(clock.last_day(fact.to_at))
    }  # fmt: skip
