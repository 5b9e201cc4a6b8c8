"""An office of bare dated facts, written in the database and told to the oracle alike.

Belongs here: how a fact gets into both. The cases that facts hang on are rows without a story,
written as owner with the triggers off; the facts themselves go in as the application writes them.
"""

import dataclasses
import datetime as dt

from django.db import transaction

from fsesys.core import facts
from fsesys.core.cases import Case, ProcessEvent
from fsesys.core.clock import midnight
from fsesys.core.parameters import ParameterValue
from fsesys.core.people import Person
from institutions.records import AuthorisationPeriod, EnterpriseRight, Institution, InstitutionHold
from projects.records import (
    AllowedInstitution,
    DataBasis,
    Exemption,
    Grant,
    Project,
    ProjectHold,
    ProjectOwner,
    ProjectPeriod,
    Register,
    RegisterFlag,
)
from researchers.records import Association, CertificationPass, PersonHold, SameHuman
from tests.benchmarks.load import copy_in, last_id, untriggered
from tests.database import as_owner
from tests.oracle import COPENHAGEN, Fact, Office

START = dt.datetime(2026, 1, 5, 9, tzinfo=COPENHAGEN)
MODELS = {
    "link": SameHuman, "authorised": AuthorisationPeriod, "right": EnterpriseRight,
    "institution_hold": InstitutionHold, "association": Association, "pass": CertificationPass,
    "person_hold": PersonHold, "owner": ProjectOwner, "period": ProjectPeriod,
    "basis": DataBasis, "flag": RegisterFlag, "allowed": AllowedInstitution,
    "exemption": Exemption, "grant": Grant, "project_hold": ProjectHold,
}  # fmt: skip
PARAMETERS = {"strict": "association_must_be_with_owner", "months": "certification_months"}
COLUMNS = {"soft": "precautionary", "restricted": "restricted_enterprise", "on": "passed_on",
           "right": "right", "type": "type"}  # fmt: skip
EXTRA = {"association": {"type": "employee"}, "period": {"version": 1}, "basis": {"version": 1},
         "institution_hold": {"condition": "until told", "cause": "test"},
         "person_hold": {"cause": "test"}, "project_hold": {"cause": "test"}}  # fmt: skip
OWN = {  # what must not overlap itself
    "authorised": ("institution",), "right": ("institution",), "association": ("agreement",),
    "link": ("person",), "pass": ("person", "on"), "owner": ("project",), "period": ("project",),
    "basis": ("project", "register"), "flag": ("register",), "exemption": ("project",),
    "allowed": ("project", "institution"), "grant": ("person", "project"),
    "institution_hold": ("run",), "person_hold": ("run",), "project_hold": ("run",),
}  # fmt: skip


class World:
    """Institutions, people, projects, registers and agreements by plain numbers from 0."""

    def __init__(self, institutions=3, people=4, projects=3, registers=2, agreements=8, cases=200):
        self.office, self.rows, self.at, self.spent = Office(), {}, START, 0
        self.by = Person.objects.get(is_system=True)
        self.institutions = made(Institution, institutions, lambda n: {
            "name_da": f"Institut {n}", "cvr": "10000009", "type": "public_university",
            "price_group": "public", "schemes": [], "mail_domains": [], "name_key": f"institut {n}",
            "search": f"institut {n}", "name_en": "", "ean": "", "price_group_reason": "",
            "address": "", "invoice_address": "", "web": "", "language": "da"})  # fmt: skip
        self.people = made(Person, people, lambda n: {
            "name": f"Person {n}", "title": "", "mail": "", "phone": "", "is_system": False,
            "search": f"person {n}"})  # fmt: skip
        self.projects = made(Project, projects, lambda n: {
            "number": 700001 + n, "title": f"Projekt {n}", "scheme": "researcher",
            "officer_id": self.by.pk, "legacy": False, "search": f"{n}"})  # fmt: skip
        self.registers = made(
            Register,
            registers,
            lambda n: {
                "name": f"X{n}",
                "title_da": "",
                "title_en": "",
                "subject": "",
                "reference_type": "",
            },
        )
        self.cases = made(Case, agreements + cases, lambda n: {
            "number": f"T{n}", "process": "none", "subject_key": f"none:{n}", "search": "",
            "subject_label": "", "state": "open", "state_since": START, "revision": 1, "turn": "",
            "responsible_id": self.by.pk, "opened_at": START, "origin": "test"})  # fmt: skip
        self.agreements = self.cases[:agreements]
        self.spare = self.cases[agreements:]
        self.event = made(ProcessEvent, 1, lambda n: {
            "case_id": self.cases[0], "revision": 1, "verb": "note", "from_state": "open",
            "to_state": "open", "at": START, "by_id": self.by.pk, "role": "", "reason": "",
            "basis": "{}", "facts": "{}", "quiet": False,
            "key": "00000000-0000-4000-8000-00000000aaaa"})  # fmt: skip
        self.event = ProcessEvent.objects.get(pk=self.event[0])

    def alias(self, person, human):
        """One human being: the second record is an alias of the first."""
        if self.add("link", self.at, person=person, root=human):
            Person.objects.filter(pk=self.people[person]).update(same_as=self.people[human])

    def fits(self, kind, start, end, of, instead_of=None) -> bool:
        """Whether the database would take it: no unretracted row of the same overlaps."""
        same = {key: of[key] for key in OWN.get(kind, ())}
        return not same or not any(
            fact.kind == kind and fact is not instead_of and fact.retracted is None
            and same.items() <= fact.of.items()
            and (end is None or fact.start < end) and (fact.end is None or start < fact.end)
            for fact in self.office.facts
        )  # fmt: skip

    def add(self, kind, start, end=None, **of):
        """Record a fact now; returns it, or None where it would overlap its own kind."""
        if kind.endswith("hold"):  # each has a case of its own
            self.spent += 1
            of["run"] = self.spent
        if not self.fits(kind, start, end, of) or (end and end <= start):
            return None
        fact = Fact(kind, of, start, end, self.at)
        row = MODELS[kind].objects.create(**self.columns(fact))
        self.office.facts.append(fact)
        self.rows[id(fact)] = row
        return fact

    def put(self, name, value, on):
        """The parameter has the value from the day on; nothing where it has one from that day."""
        fact = Fact(name, {"value": value}, midnight(on), None, self.at)
        if any((f.kind, f.start) == (name, fact.start) for f in self.office.facts):
            return
        ParameterValue.objects.create(
            name=PARAMETERS[name], value=value, from_on=on, author=self.by,
            approver_id=self.people[0], summary="test", recorded_at=self.at,
        )  # fmt: skip
        self.office.facts.append(fact)

    def changeable(self) -> list:
        """The facts that stand and were recorded earlier."""
        return [f for f in self.office.facts if f.retracted is None and f.recorded < self.at
                and f.kind not in PARAMETERS]  # fmt: skip

    def columns(self, fact) -> dict:
        """The fact as columns of its table."""
        kinds = {"institution": self.institutions, "person": self.people, "root": self.people,
                 "project": self.projects, "register": self.registers,
                 "agreement": self.agreements}  # fmt: skip
        values = {f"{key}_id": kinds[key][value] for key, value in fact.of.items() if key in kinds}
        values |= {COLUMNS[k]: v for k, v in fact.of.items() if k in COLUMNS}
        model = MODELS[fact.kind]
        known = {field.name for field in model._meta.fields}
        if "case" in known:
            values["case_id"] = self.spare[fact.of.get("run", self.spent) % len(self.spare)]
        if fact.kind == "grant":
            values.pop("institution_id")
        return values | EXTRA.get(fact.kind, {}) | {
            "from_at": fact.start, "to_at": fact.end, "recorded_at": self.at,
            "recorded_by_id": self.by.pk,
        }  # fmt: skip

    def retract(self, fact):
        """It was never so."""
        fact.retracted = self.at
        if fact.kind == "link":
            Person.objects.filter(pk=self.people[fact.of["person"]]).update(same_as=None)
        type(self.rows[id(fact)]).objects.filter(pk=self.rows[id(fact)].pk).update(
            retracted_at=self.at, retracting_event=self.event
        )

    def end(self, fact, when):
        """It ends, or ended, at the instant: retracted and replaced, as the actions do."""
        later = fact.end is None or when < fact.end
        if not later and not self.fits(fact.kind, fact.start, when, fact.of, fact):
            return
        if self.at == fact.recorded or fact.kind == "pass":
            return
        fresh = facts.end_all(
            [self.rows[id(fact)]], at=self.at, by=self.by, event=self.event, to_at=when
        )
        fact.retracted = self.at
        if fresh:
            self._follows(fact, fresh[0], end=when)

    def correct(self, fact, start, **of):
        """It was otherwise: another begin, or another value of COLUMNS."""
        if (fact.end and start >= fact.end) or self.at == fact.recorded:
            return
        if self.fits(fact.kind, start, fact.end, fact.of | of, fact):
            values = {COLUMNS[name]: value for name, value in of.items()}
            row = facts.replace(self.rows[id(fact)], at=self.at, by=self.by, event=self.event,
                                from_at=start, **values)  # fmt: skip
            fact.retracted = self.at
            self._follows(fact, row, start=start, of=fact.of | of)

    def make_final(self, fact):
        """A precautionary hold that runs is none any more, as the action does it."""
        self.end(fact, self.at)
        row = facts.follow(self.rows[id(fact)], at=self.at, by=self.by, event=self.event,
                           precautionary=False)  # fmt: skip
        self._follows(fact, row, start=self.at, of=fact.of | {"soft": False})

    def _follows(self, fact, row, **changes):
        """The row that came in the place of the fact, or after it."""
        new = dataclasses.replace(fact, recorded=self.at, retracted=None, **changes)
        self.office.facts.append(new)
        self.rows[id(new)] = row


def made(model, count, row) -> list:
    """That many bare rows, and their ids."""
    first = last_id(model) + 1
    with transaction.atomic(), as_owner(), untriggered([model._meta.db_table]):
        copy_in(model, ({"id": first + n} | row(n) for n in range(count)))
    return list(range(first, first + count))
