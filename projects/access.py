"""THE access rule, written once: who may reach a project at an instant, and why or why not.

One ordered list of conditions. Each is one SQL expression for the times during which it held, read
from dated facts as they were known at an instant. Everything else follows from the list: whether a
grant is effective, since and until when, what is missing, what spent it (design.md section 4).
No condition reads a state. Pages, register, command, exports and the granting itself ask here.

A gap in a condition that `spends` ends the grant for good: it counts only in the one unbroken
stretch that contains the instant of granting. The others heal when they hold again.

Two parameters belong to it. `association_must_be_with_owner` is a dated fact like the others: it
asks on the days on which it was 1, and turning it off opens nothing again. `certification_months` is
the number in force on the day asked about, for every pass (design.md section 4 says so).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db import connection

from fsesys.core import clock
from fsesys.core.parameters import days_of, parameters

from .asked import AT_HOME, GRANTS, HOME, KNOWN, LEAVING, LINKS, SCOPES, SPAN, SUPPOSED
from .spans import read_spans, written_spans

AT_ONCE = 400  # projects whose accesses are judged together where all are asked for
ALWAYS, NEVER = "'{(,)}'::tstzmultirange", "'{}'::tstzmultirange"
HOLDS = f"""range_agg({SPAN}) FILTER (WHERE NOT x.precautionary) AS stops,
    range_agg({SPAN}) FILTER (WHERE x.precautionary) AS pauses"""


@dataclass(frozen=True)
class Condition:
    """`held` is SQL over SOURCES; None there means never. spends: a gap ends the grant for good."""

    code: str
    held: str
    spends: bool


def _free(code, holds, column, spends):
    return Condition(code, f"{ALWAYS} - COALESCE({holds}.{column}, {NEVER})", spends)


CONDITIONS = (
    Condition("granted", "tstzmultirange(tstzrange(g.from_at, g.to_at))", True),
    Condition("association", "association.runs", True),
    Condition("authorised", "authorised.runs", True),
    Condition("with_owner", f"""COALESCE(ours.runs, {NEVER})
        + ({ALWAYS} - %(strict)s::tstzmultirange)""", True),
    Condition("owner_authorised", "owner.authorised", True),
    Condition("project_runs", "period.runs", True),
    Condition("certified", "certified.runs", False),
    *(
        _free(f"{who}_{word}", holds, column, spends)
        for who, holds in (("person", "person_holds"), ("project", "project_holds"),
                           ("institution", "institution_holds"), ("owner", "owner"))
        for word, column, spends in (("free", "stops", True), ("not_paused", "pauses", False))
    ),
    Condition(
        "enterprise_data",
        f"{ALWAYS} - (COALESCE(restricted.runs, {NEVER}) - (COALESCE(rights.full_right, {NEVER})"
        f" + COALESCE(rights.by_exemption * exempted.runs, {NEVER})))",
        False,
    ),
)  # fmt: skip


def _of(table, key, among, what=f"range_agg({SPAN}) AS runs", extra=""):
    return f"""SELECT x.{key}, {what} FROM {table} x
        WHERE x.{key} IN (SELECT {key} FROM {among}) AND {KNOWN}{extra} GROUP BY 1"""


SOURCES = {
    "association": _of("researchers_association", "agreement_id", "g"),
    "owning": f"""SELECT x.project_id, x.institution_id, {SPAN} AS runs
        FROM projects_projectowner x WHERE x.project_id IN (SELECT project_id FROM g) AND {KNOWN}""",
    "concerned": "SELECT institution_id FROM g UNION SELECT institution_id FROM owning",
    "authorised": _of("institutions_authorisationperiod", "institution_id", "concerned"),
    "institution_holds": _of("institutions_institutionhold", "institution_id", "concerned", HOLDS),
    "owner": """SELECT o.project_id,
            range_agg(tstzmultirange(o.runs) * a.runs) AS authorised,
            range_agg(tstzmultirange(o.runs) * h.stops) AS stops,
            range_agg(tstzmultirange(o.runs) * h.pauses) AS pauses
        FROM owning o LEFT JOIN authorised a USING (institution_id)
            LEFT JOIN institution_holds h USING (institution_id) GROUP BY 1""",
    "allowed": f"""SELECT project_id, institution_id, runs FROM owning UNION ALL
        SELECT x.project_id, x.institution_id, {SPAN} FROM projects_allowedinstitution x
        WHERE x.project_id IN (SELECT project_id FROM g) AND {KNOWN}""",
    "ours": "SELECT project_id, institution_id, range_agg(runs) AS runs FROM allowed GROUP BY 1, 2",
    "period": _of("projects_projectperiod", "project_id", "g"),
    "humans": f"""SELECT human_id AS person_id, human_id FROM g
        UNION SELECT x.person_id, x.root_id FROM researchers_samehuman x
            WHERE x.root_id IN (SELECT human_id FROM g) AND {KNOWN}""",
    "certified": f"""SELECT h.human_id, range_agg(tstzrange(x.from_at, (((x.passed_on
            + make_interval(months => %(months)s))::date + 1)::timestamp
            AT TIME ZONE 'Europe/Copenhagen'))) AS runs
        FROM researchers_certificationpass x JOIN humans h USING (person_id)
        WHERE {KNOWN} GROUP BY 1""",
    "person_holds": f"""SELECT h.human_id, {HOLDS}
        FROM researchers_personhold x JOIN humans h USING (person_id) WHERE {KNOWN} GROUP BY 1""",
    "project_holds": _of("projects_projecthold", "project_id", "g", HOLDS),
    "restricted": f"""SELECT b.project_id, range_agg(b.runs * {SPAN}) AS runs
        FROM (SELECT x.project_id, x.register_id, {SPAN} AS runs FROM projects_databasis x
            WHERE x.project_id IN (SELECT project_id FROM g) AND {KNOWN}) b
        JOIN projects_registerflag x USING (register_id)
        WHERE x.restricted_enterprise AND {KNOWN} GROUP BY 1""",
    "rights": _of("institutions_enterpriseright", "institution_id", "concerned",
                  f"""range_agg({SPAN}) FILTER (WHERE x."right" = 'full') AS full_right,
                  range_agg({SPAN}) FILTER (WHERE x."right" = 'exemption') AS by_exemption"""),
    "exempted": _of("projects_exemption", "project_id", "g"),
}  # fmt: skip
JOINED = """g LEFT JOIN association USING (agreement_id) LEFT JOIN authorised USING (institution_id)
    LEFT JOIN institution_holds USING (institution_id) LEFT JOIN rights USING (institution_id)
    LEFT JOIN ours USING (project_id, institution_id) LEFT JOIN owner USING (project_id)
    LEFT JOIN period USING (project_id) LEFT JOIN project_holds USING (project_id)
    LEFT JOIN exempted USING (project_id) LEFT JOIN restricted USING (project_id)
    LEFT JOIN certified USING (human_id) LEFT JOIN person_holds USING (human_id)"""


@dataclass(frozen=True)
class Access:
    """One grant judged. `held`: per condition the spans in which it held; `spans`: when all did."""

    person_id: int
    project_id: int
    agreement_id: int
    case_id: int | None
    granted_at: object
    institution_id: int
    spans: tuple
    held: dict
    earlier: tuple = ()  # spans of former grants of the same person and project

    @property
    def key(self):
        return self.project_id, self.person_id, self.granted_at

    def at(self, instant):
        """The span that contains the instant, or None: the answer."""
        return span_of(self.spans, instant)

    def alive(self, instant) -> bool:
        """Whether nothing has spent the grant: it is open, or paused until something heals."""
        whole = [span_of(self.held[c.code], self.granted_at) for c in CONDITIONS
                 if c.spends and c.code in self.held]  # fmt: skip
        return all(span and covers(span, instant) for span in whole)


def span_of(spans, at):
    """The span that contains the instant, or None. None as an end: without end."""
    return next((span for span in spans if covers(span, at)), None)


def covers(span, at) -> bool:
    since, until = span
    return (since is None or since <= at) and (until is None or at < until)


def register(until, known=None, since=None, **scope) -> Iterator[Access]:
    """Every access granted until the instant, one for each person and project, as known then.

    scope: ids under `person`, `project`, `institution`, `register` or `case`; what an institution
    owned, and who used a register, at any time from `since` on (None: at the instant). The latest
    grant is judged; what former grants gave is in `earlier`. Ordered by project and person.
    """
    known, since = known or clock.now(), {"since": since or until}
    rows = _judged(GRANTS, until, known, scope, since) if scope else _everything(until, known)
    if scope:  # of a record: several parts of its page ask the same
        key = ("accesses", until, known, since["since"], *scope.items())
        rows = clock.read_once(key, lambda: list(rows))
    for _pair, grants in groupby(rows, key=lambda row: (row.project_id, row.person_id)):
        *former, last = grants
        earlier = tuple(span for grant in former for span in grant.spans)
        yield Access(**last.__dict__ | {"earlier": earlier}) if earlier else last


def supposed(trios, at, known=None) -> list:
    """What would hold if (person, project, agreement) were granted at the instant, in any order."""
    people, projects, agreements = zip(*trios, strict=True) if trios else ((), (), ())
    more = {"people": list(people), "projects": list(projects), "agreements": list(agreements)}
    return list(_judged(SUPPOSED, at, known, {}, more))


def lost(at, leaving, **scope) -> list:
    """The open accesses that would be closed if what LEAVING names ended; scope says whose."""
    still = {one.key for one in _judged(GRANTS, at, None, scope, leaving=leaving) if one.at(at)}
    return [one for one in register(at, **scope) if one.at(at) and one.key not in still]


def _everything(until, known):
    """Project after project, some hundred at a time: it streams, here and in the database. What
    was known at an instant does not change, so that the parts are of one and the same register."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(project_id), max(project_id) FROM projects_grant")
        first, last = cursor.fetchone()
    for start in range(first or 0, (last or 0) + 1, AT_ONCE):
        yield from _judged(GRANTS, until, known, {"projects": [start, start + AT_ONCE]})


def conditions(strict) -> tuple:
    """The list, without the owner's list where no day was ever strict: nothing is slower for it."""
    return tuple(c for c in CONDITIONS if c.code != "with_owner" or strict)


def _judged(source, until, known, scope, more=(), leaving=""):
    known = known or clock.now()
    months = parameters(clock.day_of(until), known)["certification_months"]
    strict = days_of("association_must_be_with_owner", 1, known)
    asked = conditions(strict)
    values = {"since": until, "until": until, "known": known, "months": months,
              "strict": written_spans(strict)} | scope | dict(more)  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement(source, asked, scope, leaving), values)
        for person, project, agreement, case, at, institution, *spans in cursor:
            yield Access(
                person, project, agreement, case, at, institution, read_spans(spans[0]),
                {c.code: read_spans(span) for c, span in zip(asked, spans[1:], strict=True)},
            )  # fmt: skip


def statement(source, asked, scope, leaving="") -> str:
    """The SQL of the whole question. Its parts are the constants above, values go beside it."""
    grants = " AND ".join([source, *(SCOPES[one] for one in scope)])
    places = " AND ".join(AT_HOME[one] for one in scope if one in AT_HOME) or "true"
    tables = {
        "asked": f"""MATERIALIZED (SELECT g.*, COALESCE(l.root_id, g.person_id) AS human_id
            FROM ({grants}) g LEFT JOIN ({LINKS}) l ON l.person_id = g.person_id)""",
        "home": f"({HOME})",
        "g": f"""MATERIALIZED (SELECT asked.*, institution_id
            FROM asked LEFT JOIN home USING (agreement_id) WHERE {places})""",
    } | {name: f"({sql})" for name, sql in SOURCES.items()}
    if leaving:
        name, rows = LEAVING[leaving]
        tables[name] = f"({rows.format(SOURCES[name])})"
    held = ", ".join(f"COALESCE({c.held}, {NEVER}) AS {c.code}" for c in asked)
    spending = " * ".join(c.code for c in asked if c.spends)
    healing = " * ".join(c.code for c in asked if not c.spends)
    spans = f"""COALESCE((SELECT tstzmultirange(r) FROM unnest({spending}) r
        WHERE r @> j.from_at), {NEVER}) * {healing}"""
    return f"""WITH {", ".join(f"{name} AS {sql}" for name, sql in tables.items())}
        SELECT j.person_id, j.project_id, j.agreement_id, j.case_id, j.from_at, j.institution_id,
            ({spans})::text AS spans, {", ".join(f"j.{c.code}::text" for c in asked)}
        FROM (SELECT g.*, {held} FROM {JOINED}) j
        ORDER BY j.project_id, j.person_id, j.from_at"""
