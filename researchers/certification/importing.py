"""Results of the test in bulk, from the portal's CSV: judged row by row, brought in as cases."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core import cells, clock
from fsesys.core.bringing import AT_ONCE, Incoming, bring_in
from fsesys.core.importing import Column, Importer
from fsesys.core.parameters import parameters
from fsesys.core.people import Person
from fsesys.core.roles import SECRETARY
from fsesys.core.wording import day

from .. import living
from ..records import CertificationPass, Researcher
from . import actions, rules, selectors
from .models import CertificationCase


class Results(Importer):
    slug, label, roles = "certifications", gettext_lazy("Results of the test"), (SECRETARY,)
    columns = (
        Column("ident", gettext_lazy("Ident"), cells.text(4), required=True),
        Column("taken_on", gettext_lazy("Taken on"), cells.day, required=True, empty=None),
        Column("correct", gettext_lazy("Right answers"), cells.whole(0), required=True, empty=None),
        Column("rules_version", gettext_lazy("Version of the rules"), cells.text(20)),
    )

    def lock(self):
        """Nobody registers a result by hand while the rows are judged and brought in."""
        selectors.hold_results(alone=True)

    def judge(self, rows, by, at):
        known = Known(rows, clock.day_of(at))
        self.refuse(rows, known.problems)

    def make(self, batch, rows, by):
        found = people(rows)
        held = Person.objects.filter(pk__in=[one.person_id for one in found.values()])
        list(held.order_by("pk").select_for_update(no_key=True).values_list("pk"))
        for state in ("passed", "failed"):
            mine = [row for row in rows if state_of(row) == state]
            events = bring_in(
                batch, CertificationCase, [incoming(row, found, by) for row in mine], by=by,
                state=state,
            ) if mine else []  # fmt: skip
            if state == "passed":
                facts = [actions.passing(event) for event in events]
                CertificationPass.objects.bulk_create(facts, batch_size=AT_ONCE)


class Known:
    """What is on record of the people of the file, and what the file said so far."""

    def __init__(self, rows, today):
        self.today, self.people = today, people(rows)
        humans = {one.person.same_as_id or one.person_id for one in self.people.values()}
        results = selectors.results().filter(
            taken_on__in={row["taken_on"] for row in rows} - {None}
        )
        told = [(self.human(case.person), case.taken_on, case.correct)
                for case in results.select_related("person")]  # fmt: skip
        self.recorded = Counter(one for one in told if one[0] in humans)
        self.tried = Counter((human, on) for human, on, _n in self.recorded.elements())
        self.passed = {
            (human, on): 0
            for human, on, correct in self.recorded
            if correct == parameters(on)["certification_questions"]
        }  # row of the file

    @staticmethod
    def human(person):
        return person.same_as_id or person.pk

    def problems(self, row):
        """(column, sentence): the first thing that is wrong with a row, read in its order."""
        if None in (row["ident"], row["taken_on"], row["correct"]) or row.problems:
            return
        one = self.people.get(row["ident"].upper())
        if one is None:
            yield "ident", _("There is no ident “%(words)s”.") % {"words": row["ident"]}
        elif one.ident_closed_at:
            yield "ident", _("The ident %(ident)s is closed.") % {"ident": one.ident}
        elif row["taken_on"] > self.today:
            yield "taken_on", _("The test can not have been taken after today.")
        elif early := list(rules.too_early(row["taken_on"], one.birth_year)):
            yield "taken_on", early[0]
        else:
            yield from self.of(row, self.human(one.person))

    def of(self, row, human):
        known = parameters(row["taken_on"])
        place = human, row["taken_on"]
        if row["correct"] > known["certification_questions"]:
            yield "correct", _("The test has %(most)d questions: give 0 to %(most)d right answers.") % {
                "most": known["certification_questions"]}  # fmt: skip
        elif self.recorded[(*place, row["correct"])] > 0:
            self.recorded[(*place, row["correct"])] -= 1
            yield "taken_on", _("This result is on record already.")
        elif self.passed.get(place) and state_of(row) == "passed":
            yield "taken_on", _("A pass on this day stands in row %(row)d too.") % {
                "row": self.passed[place]}  # fmt: skip
        elif place in self.passed and state_of(row) == "passed":
            yield (
                "taken_on",
                _("A pass on %(day)s is on record already.") % {"day": day(row["taken_on"])},
            )
        elif self.tried[place] >= known["certification_tries"]:
            yield "taken_on", _("%(count)d tries on %(day)s are on record; more than %(most)d a day"
                                " are not allowed.") % {
                "count": self.tried[place], "day": day(row["taken_on"]),
                "most": known["certification_tries"]}  # fmt: skip
        else:
            self.tried[place] += 1
            if state_of(row) == "passed":
                self.passed[place] = row.number


def state_of(row) -> str:
    right = row["correct"] == parameters(row["taken_on"])["certification_questions"]
    return "passed" if right else "failed"


def people(rows) -> dict:
    """{ident: Researcher} of the file's rows."""
    idents = {row["ident"].upper() for row in rows if row["ident"]}
    found = Researcher.objects.filter(ident__in=idents).select_related("person")
    return {one.ident: one for one in found}


def incoming(row, found, by) -> Incoming:
    researcher = found[row["ident"].upper()]
    columns = living.columns(researcher) | {
        "responsible": by.person, "taken_on": row["taken_on"], "correct": row["correct"],
        "out_of": parameters(row["taken_on"])["certification_questions"],
        "rules_version": row["rules_version"],
    }  # fmt: skip
    return Incoming(row.number, columns, frozenset({researcher.person_id}))


RESULTS = Results()
