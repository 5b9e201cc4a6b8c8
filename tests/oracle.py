"""The second opinion on access: plain Python over lists, from design.md section 4. It shares no code
with the rule: where that intersects spans, this asks at every instant at which anything changes."""

import calendar
import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SPENDING = ("granted", "association", "authorised", "with_owner", "owner_authorised",
            "project_runs", "person_free", "project_free", "institution_free", "owner_free")  # fmt: skip
HEALING = ("certified", "person_not_paused", "project_not_paused", "institution_not_paused",
           "owner_not_paused", "enterprise_data")  # fmt: skip


@dataclass
class Fact:
    """`of`: what it is about, by name. end, retracted: None while open."""

    kind: str
    of: dict
    start: dt.datetime
    end: dt.datetime | None
    recorded: dt.datetime
    retracted: dt.datetime | None = None

    def runs(self, t):
        return self.start <= t and (self.end is None or t < self.end)

    def known(self, when):
        return self.recorded <= when and (self.retracted is None or when < self.retracted)


@dataclass
class Office:
    """Everything ever recorded; `strict` and `months` are the parameters, each until the next one."""

    facts: list = field(default_factory=list)

    def known(self, when, at):
        return Known([f for f in self.facts if f.known(when)], at)


class Known:
    def __init__(self, facts, at):
        self.facts, self.kinds = facts, {}
        for fact in facts:
            self.kinds.setdefault(fact.kind, []).append(fact)
        self.months = self.value("months", at, 12)  # of the day asked about, for all passes
        strict = any(f.of["value"] for f in self.all("strict"))
        self.codes = [c for c in SPENDING + HEALING if c != "with_owner" or strict]

    def value(self, name, t, default):
        begun = [f for f in self.all(name) if f.start <= t]
        return max(begun, key=lambda f: f.start).of["value"] if begun else default

    def all(self, kind, **of):
        return [f for f in self.kinds.get(kind, []) if of.items() <= f.of.items()]

    def running(self, t, kind, **of):
        return [f for f in self.all(kind, **of) if f.runs(t)]

    def human(self, person):
        links = self.all("link", person=person)  # true at all times, so long as it is known
        return links[0].of["root"] if links else person

    def last_grant(self, person, project, at):
        begun = [f for f in self.all("grant", person=person, project=project) if f.start <= at]
        return max(begun, key=lambda f: f.start, default=None)

    def pairs(self, at):
        return {(f.of["person"], f.of["project"]) for f in self.all("grant") if f.start <= at}

    def holds(self, code, grant, t):
        person, project = self.human(grant.of["person"]), grant.of["project"]
        home, agreement = grant.of["institution"], grant.of["agreement"]
        owners = [f.of["institution"] for f in self.running(t, "owner", project=project)]
        soft = code.endswith("not_paused")
        if code == "granted":
            return grant.runs(t)
        if code == "association":
            return bool(self.running(t, "association", agreement=agreement))
        if code == "authorised":
            return bool(self.running(t, "authorised", institution=home))
        if code == "with_owner":
            listed = bool(self.running(t, "allowed", project=project, institution=home))
            return not self.value("strict", t, 0) or home in owners or listed
        if code == "owner_authorised":
            return any(self.running(t, "authorised", institution=one) for one in owners)
        if code == "project_runs":
            return bool(self.running(t, "period", project=project))
        if code == "certified":
            return any(f.start <= t < self.expiry(f) for f in self.all("pass")
                       if self.human(f.of["person"]) == person)  # fmt: skip
        if code.startswith("person"):
            return not [f for f in self.running(t, "person_hold", soft=soft)
                        if self.human(f.of["person"]) == person]  # fmt: skip
        if code.startswith("project"):
            return not self.running(t, "project_hold", soft=soft, project=project)
        if code.startswith("institution"):
            return not self.running(t, "institution_hold", soft=soft, institution=home)
        if code.startswith("owner"):
            held = self.running(t, "institution_hold", soft=soft)
            return not {f.of["institution"] for f in held} & set(owners)
        return self.enterprise(project, home, t)

    def enterprise(self, project, home, t):
        used = {f.of["register"] for f in self.running(t, "basis", project=project)}
        if not used & {f.of["register"] for f in self.running(t, "flag", restricted=True)}:
            return True
        rights = {f.of["right"] for f in self.running(t, "right", institution=home)}
        exempt = bool(self.running(t, "exemption", project=project))
        return "full" in rights or ("exemption" in rights and exempt)

    def expiry(self, passed):
        on, months = passed.of["on"], self.months
        year, month = on.year + (on.month - 1 + months) // 12, (on.month - 1 + months) % 12 + 1
        last = dt.date(year, month, min(on.day, calendar.monthrange(year, month)[1]))
        return dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), COPENHAGEN)

    @cached_property
    def boundaries(self):
        """Every instant at which anything may change."""
        ends = [self.expiry(f) for f in self.all("pass")]
        return sorted({t for f in self.facts for t in (f.start, f.end) if t} | set(ends))

    def verdict(self, code, grant, at):  # holds, missing or spent
        if not self.holds(code, grant, at):
            return "missing"
        between = [grant.start, *(t for t in self.boundaries if grant.start < t < at)]
        gap = code in SPENDING and any(not self.holds(code, grant, t) for t in between)
        return "spent" if gap else "holds"

    def explain(self, grant, at):
        return {code: self.verdict(code, grant, at) for code in self.codes}

    def effective(self, grant, at):
        return all(self.verdict(code, grant, at) == "holds" for code in self.codes)

    def span(self, grant, at):
        """(from, to) of the access that the grant gives at the instant; None for none."""
        if not self.effective(grant, at):
            return None
        edges, since = self.boundaries, at
        for t in reversed([grant.start, *(t for t in edges if grant.start < t <= at)]):
            if not self.effective(grant, t):
                break
            since = t
        return since, next((t for t in edges if t > at and not self.effective(grant, t)), None)
