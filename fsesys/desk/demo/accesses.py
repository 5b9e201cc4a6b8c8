"""Accesses of the demo office: who of the people was let in on which project, a few days at a time."""

import datetime as dt
import random

from fsesys.core import clock
from fsesys.core.refusal import Refused
from projects.grant import actions
from projects.grant.models import GrantCase
from projects.records import ProjectOwner, ProjectPeriod
from researchers.records import Association, CertificationPass

from .pace import Pace

GRANTS = 1150  # asked for; a thousand are granted
UNREADY, LEAVES = 0.08, 0.05
WAITS = 6  # of a hundred young requests
ROUNDS = 4  # days on which a project asks for people


class Walk:
    """The people of one project, asked for and decided in a few rounds."""

    def __init__(self, staff, project, since, until, count, today):
        self.staff, self.project, self.count, self.today = staff, project, count, today
        self.since, self.until = since, min(until, today - dt.timedelta(days=1))
        self.dice, self.asked = random.Random(project.number), set()  # noqa: S311

    def __call__(self):
        span = max(1, (self.until - self.since).days - 4)
        starts = sorted(self.dice.randint(0, span) for _round in range(ROUNDS - 1))
        for number, days in enumerate([*starts, span]):
            wanted = self.count * (number + 1) // ROUNDS - self.count * number // ROUNDS
            self.round(Pace(self.staff, self.since + dt.timedelta(days=days), self.today,
                            minutes=self.project.number * 13), wanted)  # fmt: skip

    def round(self, pace, wanted):
        with pace.now():
            cases = [self.ask(row) for row in self.choose(wanted)]
        with pace.on(self.dice.randint(1, 3)):
            for case in cases:
                self.decide(case)
        with pace.on(self.dice.randint(3, 20)):
            for case in cases:
                self.later(case)

    def choose(self, wanted) -> list:
        """Of the owner's people mostly; some from other institutions."""
        owner = ProjectOwner.objects.at(clock.now()).get(project=self.project).institution_id
        rows = Association.objects.at(clock.now()).exclude(person__in=self.asked)
        rows = rows.filter(person__same_as=None).select_related("person", "agreement")
        rows = [row for row in rows.order_by("pk") if self.is_ready(row)]
        mine = [row for row in rows if row.institution_id == owner]
        others = [row for row in rows if row.institution_id != owner]
        few = min(len(mine), wanted - wanted // 5)
        chosen = self.dice.sample(mine, few)
        chosen += self.dice.sample(others, min(len(others), wanted - few))
        one_each = {row.person_id: row for row in chosen}
        self.asked |= set(one_each)
        return list(one_each.values())

    def is_ready(self, row):
        """Few are asked for before they have passed the test."""
        return row.person_id in self.passed() or self.dice.random() < UNREADY

    def passed(self):
        rows = CertificationPass.objects.filter(recorded_at__lte=clock.now())
        return clock.kept(("passed",), lambda: set(rows.values_list("person", flat=True)))

    def ask(self, association):
        return actions.register_request(
            self.project, by=self.staff["secretary"], association=association,
            asked_by=self.project.contact, asked_on=clock.today(),
        ).case  # fmt: skip

    def decide(self, case):
        """Granted by the rule; what it stands against is refused in its words, or waits yet."""
        lot = self.dice.randint(1, 100)
        if lot > 98:
            actions.withdraw(
                case, by=self.staff["secretary"], reason="Projektet trak ønsket tilbage."
            )
        elif lot > 95:
            actions.refuse(case, by=self.staff["officer"],
                           reason="Personens opgaver i projektet er ikke beskrevet.")  # fmt: skip
        elif lot > WAITS or not self.is_young():
            try:
                actions.grant(case, by=self.staff["officer"])
            except Refused as refused:
                if lot % 4 or not self.is_young():
                    actions.refuse(
                        case, by=self.staff["officer"], reason=" ".join(refused.refusals)
                    )

    def is_young(self):
        """Nobody waits for an answer longer than this."""
        return self.today - clock.today() < dt.timedelta(days=16)

    def later(self, case):
        case = GrantCase.objects.get(pk=case.pk)
        if case.state == "granted" and self.dice.random() < LEAVES:
            actions.end(case, by=self.staff["secretary"],
                        reason="Personen arbejder ikke længere på projektet.")  # fmt: skip


def walks(staff, today, count=GRANTS):
    """One walk for each project that ran and has no access yet; the grants are shared out."""
    rows = ProjectPeriod.objects.known().select_related("project__contact").order_by("from_at")
    first = {}
    for row in rows:
        first.setdefault(row.project_id, row)
    begun = set(GrantCase.objects.values_list("project", flat=True))
    for number, row in enumerate(first.values()):
        share = count * (number + 1) // len(first) - count * number // len(first)
        until = clock.last_day(row.to_at) if row.to_at else today
        if row.project_id not in begun:
            yield Walk(staff, row.project, clock.day_of(row.from_at), until, share, today)
