"""People, projects and accesses of any number by COPY, with what changed and was corrected since.

Belongs here: what the facts of benchmarks and of the gate on accesses are. They are rows as the
actions leave them: a fact that ended or was wrong is retracted and replaced, none is overwritten.
As in load.py the row triggers are off during COPY and every constraint of the tables holds.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import uuid
from collections import defaultdict

from django.db import transaction

from fsesys.core import clock
from fsesys.core.cases import Case, Edge, ProcessEvent
from fsesys.core.names import normalise
from fsesys.core.people import Person
from institutions.records import AuthorisationPeriod, EnterpriseRight, Institution
from projects.grant.models import GrantCase
from projects.proposal.models import ProposalCase, ProposalVersion
from projects.records import (
    AllowedInstitution,
    DataBasis,
    Grant,
    Project,
    ProjectHold,
    ProjectOwner,
    ProjectPeriod,
    Register,
    RegisterFlag,
)
from researchers.association.models import AssociationCase
from researchers.certification.models import CertificationCase
from researchers.records import Association, CertificationPass, PersonHold, Researcher
from tests.benchmarks.load import (
    columns,
    copy_in,
    last_id,
    named,
    place,
    settle,
    untriggered,
)
from tests.database import as_owner

A_PROJECT, A_PERSON, AN_INSTITUTION = 4, 3, 62  # accesses of each (domain.md 7.3: 25,000 in all)
CROWDS = (200, 10)  # accesses of two projects in every thousand
AT_ONCE = 25_000
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STATES = {"association": "active", "certification": "passed", "grant": "granted",
          "proposal": "in_force"}  # fmt: skip


class Accesses:
    """Grows an office to so many accesses that run. told: cases get their events, too."""

    def __init__(self, told=False):
        self.told, self.count = told, 0
        self.now = clock.now()
        self.day = clock.day_of(self.now)
        self.by = Person.objects.get(is_system=True).pk
        self.registers = list(Register.objects.order_by("pk").values_list("pk", flat=True)[:12])
        self.places, self.crowded = [], []
        self.institutions = self.people = self.projects = 0  # so many are made
        self.stories = {process: story(process, state) for process, state in STATES.items()}

    @functools.cache  # noqa: B019  one office, some thousand days
    def ago(self, days):
        return clock.midnight(self.day - dt.timedelta(days=days))

    def grow(self, grants, places=(), people=()):
        """Until there are that many. places, people: ids of records to use, else new ones."""
        self.places, people = [*places] or self.places, iter(people)
        with transaction.atomic(), as_owner():
            while self.count < grants:
                batch = Batch(self, min(AT_ONCE, grants - self.count), people, bool(places))
                batch.make()
                with untriggered([model._meta.db_table for model in batch.rows]):
                    for model, rows in batch.rows.items():
                        copy_in(model, rows)
                self.count += batch.count
        settle()


class Batch:
    """The rows of some accesses and of all that they rest on."""

    def __init__(self, office, count, people, placed):
        self.office, self.count, self.people, self.placed = office, count, people, placed
        self.rows, self.next, self.cases = defaultdict(list), {}, {}

    def make(self):
        if not self.placed:  # each batch has institutions of its own: as many accesses in each
            self.office.places = []
            for _ in range(max(4, self.count // AN_INSTITUTION)):
                self.institution()
        self.registers()
        places, size = self.office.places, max(max(CROWDS), self.count // A_PERSON)
        people = [self.person(n, places[n * len(places) // size]) for n in range(size)]
        crowds = CROWDS * max(1, self.count // 1000)
        sizes = [*crowds, *[A_PROJECT] * ((self.count - sum(crowds)) // A_PROJECT)]
        turn = itertools.cycle(people)
        for n, size in enumerate(sizes):  # colleagues of one institution, mostly
            team = list(itertools.islice(turn, size))
            project = self.project(n, *team[0][:2])
            for person, _home, agreement in team:
                self.grant(project, person, agreement)
            if n < len(crowds):
                self.office.crowded.append(project)

    # --- rows --------------------------------------------------------------------------------

    def add(self, model, **values):
        """A row with the next id of its table."""
        if model not in self.next:
            self.next[model] = last_id(model)
        self.next[model] += 1
        pk = self.next[model]
        self.rows[model].append(blank(model) | {"id": pk} | values)
        return pk

    def fact(self, model, since, until=None, known=None, gone=None, **values):
        """A dated fact. known, gone: days ago on which it was recorded and retracted."""
        office = self.office
        known, event = since if known is None else known, self.cases.get(values.get("case_id"))
        self.add(
            model, from_at=office.ago(since), to_at=None if until is None else office.ago(until),
            recorded_at=office.ago(known), recorded_by_id=office.by, event_id=event,
            retracted_at=None if gone is None else office.ago(gone),
            retracting_event_id=None if gone is None else event, **values,
        )  # fmt: skip

    def ended(self, model, since, until, told=None, **values):
        """A fact that was to go on, was ended, and stands with its end since."""
        told = until if told is None else told
        self.fact(model, since, None, gone=told, **values)
        self.fact(model, since, until, known=told, **values)

    def corrected(self, model, wrong, right, told, until=None, **values):
        """A fact whose beginning was wrong until somebody said so."""
        self.fact(model, wrong, until, known=wrong, gone=told, **values)
        self.fact(model, right, until, known=told, **values)

    def case(self, model, key, label, days, **values):
        """A closed case with its own table, and its events where they are told."""
        office, process = self.office, model.machine.process
        steps, at = office.stories[process], office.ago(days)
        closed = model.machine.state(STATES[process]).closed
        pk = self.add(
            Case, number="", process=process, subject_key=key, subject_label=label,
            state=STATES[process], state_since=at, revision=len(steps), opened_at=at,
            closed_at=at if closed else None, responsible_id=office.by, origin="application",
        )  # fmt: skip
        row = self.rows[Case][-1]
        row["number"] = f"{process[:2].upper()}-{800_000 + pk}"
        if office.told:
            row["search"] = normalise(f"{row['number']} {label}")
            self.events(pk, steps, at)
        self.rows[model].append(blank(model) | {"case_ptr_id": pk} | values)
        return pk

    def events(self, case, steps, at):
        for n, (before, verb, state) in enumerate(steps, 1):
            self.cases[case] = self.add(
                ProcessEvent, case_id=case, revision=n, verb=verb, from_state=before,
                to_state=state, at=at, by_id=self.office.by, basis="{}", facts="{}", key=uuid.uuid4(),
            )  # fmt: skip

    # --- what there is -----------------------------------------------------------------------

    def institution(self):
        n = self.office.institutions
        self.office.institutions += 1
        name = f"Institut for målinger {n}, {place(n)}"
        pk = self.add(
            Institution, authorisation_number=50_000 + n, name_da=name, cvr="10000009", type="public_university",
            price_group="public", schemes=[], mail_domains=[], name_key=normalise(name), search=normalise(name),
        )  # fmt: skip
        self.fact(AuthorisationPeriod, 2000, institution_id=pk)
        self.fact(EnterpriseRight, 2000, institution_id=pk, right="full")
        self.office.places.append(pk)

    def registers(self):
        """Flags that the catalogue's registers do not have yet."""
        flagged = set(RegisterFlag.objects.values_list("register_id", flat=True))
        for pk in set(self.office.registers) - flagged:
            self.fact(RegisterFlag, 2000, register_id=pk, restricted_enterprise=pk % 6 == 0)

    def person(self, n, home):
        """(the person, the institution, the agreement that accesses rest on)."""
        office, number = self.office, self.office.people
        office.people += 1
        pk = next(self.people, None)
        if pk is None:
            name = named(number)
            pk = self.add(
                Person, name=name, mail=f"r{number}@example.invalid", search=normalise(name),
            )  # fmt: skip
        researcher = self.add(
            Researcher, person_id=pk, ident=ident(number), country="DK", citizenship="DK",
        )  # fmt: skip
        self.certificates(n, pk, f"researcher:{researcher}")
        if n % 50 == 7:
            case = self.cases_of(pk)
            self.ended(PersonHold, 500, 470, person_id=pk, case_id=case, cause="Brud",
                       precautionary=n % 100 == 7)  # fmt: skip
        return pk, home, self.association(n, pk, home)

    def cases_of(self, person):
        return self.rows[CertificationCase][-1]["case_ptr_id"]

    def association(self, n, person, home):
        agreement = self.case(
            AssociationCase, f"association:{person}:{home}", f"Person {person}", 1800,
            institution_id=home, person_id=person, type="employee",
            received_on=self.office.day - dt.timedelta(days=1800),
        )  # fmt: skip
        known = {"person_id": person, "institution_id": home, "type": "employee",
                 "agreement_id": agreement}  # fmt: skip
        if n % 4 == 1:
            self.corrected(Association, 1700, 1800, 900, **known)
        elif n % 20 == 3:
            self.ended(Association, 1800, 300, **known)
        else:
            self.fact(Association, 1800, **known)
        return agreement

    def certificates(self, n, person, key):
        """One test a year, of the last years where nothing is told; every twelfth has run out."""
        office, last = self.office, n * 7 % 330 + (400 if n % 12 == 5 else 0)
        case = self.case(
            CertificationCase, key, f"Person {person}", last, person_id=person,
            taken_on=office.day - dt.timedelta(days=last),
        )  # fmt: skip
        for days in range(last, 1800 if office.told else 1050, 350):
            on = office.day - dt.timedelta(days=days)
            self.fact(CertificationPass, days, person_id=person, passed_on=on, case_id=case)  # fmt: skip

    def project(self, n, contact, owner):
        office, number = self.office, 200_000 + self.office.projects
        office.projects += 1
        title = f"Undersøgelse {number} af {place(number)}"
        pk = self.add(
            Project, number=number, title=title, scheme="researcher", officer_id=office.by,
            contact_id=contact, search=normalise(f"{number} {title}"),
        )  # fmt: skip
        case = self.proposed(pk, title, owner, contact)
        of = {"project_id": pk, "case_id": case}
        self.fact(ProjectOwner, 1800, institution_id=owner, **of)
        self.ended(ProjectPeriod, 1800, 900, told=1000, version=1, **of)
        self.fact(ProjectPeriod, 900, None if n % 3 else -400, version=1, **of)
        for one in {office.registers[(n + k) % len(office.registers)] for k in (0, 3)}:
            self.corrected(DataBasis, 1500, 1800, 800, register_id=one, version=1, **of)
        if n % 10 == 9:
            other = office.places[(number + 1) % len(office.places)]
            self.fact(AllowedInstitution, 1200, institution_id=other, **of)
        if n % 30 == 4:
            self.ended(ProjectHold, 600, 590, cause="Brud", precautionary=True, **of)
        return pk

    def proposed(self, project, title, owner, contact):
        case = self.case(ProposalCase, f"project:{project}", title, 1800, project_id=project,
                         institution_id=owner, version=1)  # fmt: skip
        if self.office.told:
            self.version(project, case, title, contact)
        return case

    def version(self, project, case, title, person):
        texts = ("purpose", "description", "importance", "population", "full_register_reason",
                 "external_data", "outputs", "publications", "legal_basis", "impact_reason",
                 "benefit", "funding")  # fmt: skip
        day = self.office.day - dt.timedelta(days=1800)
        self.add(
            ProposalVersion, project_id=project, case_id=case, event_id=self.cases[case], number=1,
            received_on=day, title=title, impact_assessed=True,
            price_group="public", first_on=day, last_on=day + dt.timedelta(days=2200),
            contact_id=person, approved_by_id=person, approved_on=day, approved_channel="mail",
            **dict.fromkeys(texts, "Lorem ipsum. " * 20),
        )  # fmt: skip

    def grant(self, project, person, agreement):
        """Six of ten simply run; the others were interrupted, corrected, are new or ended."""
        n = len(self.rows[GrantCase])
        known = {"project_id": project, "person_id": person, "agreement_id": agreement}
        since, kind = 1000 + n % 400, n % 10

        def case(days):
            return self.case(GrantCase, f"access:{person}:{project}", f"Projekt {project}", days,
                             **known)  # fmt: skip

        if kind == 6:
            self.ended(Grant, since, 950, case_id=case(since), **known)
            self.fact(Grant, 900, case_id=case(900), **known)
        elif kind == 7:
            self.corrected(Grant, since, since - 30, 365, case_id=case(since), **known)
        elif kind == 8:
            self.fact(Grant, 200 + n % 150, case_id=case(200 + n % 150), **known)
        elif kind == 9:
            self.ended(Grant, since, 400, case_id=case(since), **known)
        else:
            self.fact(Grant, since, case_id=case(since), **known)


@functools.cache
def blank(model) -> dict:
    """What a row of the table has where nothing is said: empty texts and plain defaults."""
    fields = [f for f in columns(model) if not (f.primary_key or f.null)]
    return {f.column: f.get_default() for f in fields if isinstance(f.get_default(), str | int)}


def ident(n):
    """Four letters, counted from AAAA."""
    return "".join(LETTERS[n // 26**k % 26] for k in (3, 2, 1, 0))


def story(process, state) -> list:
    """The shortest way of edges from nothing to the state: (from, verb, to) of each event."""
    edges = list(Edge.objects.filter(process=process).order_by("pk"))
    ways, known = [[]], {""}
    while ways:
        way = ways.pop(0)
        here = way[-1][2] if way else ""
        if here == state:
            return way
        for edge in edges:
            if edge.from_state == here and edge.to_state not in known:
                known.add(edge.to_state)
                ways.append([*way, (here, edge.verb, edge.to_state)])
    raise RuntimeError(f"No way leads to {state} of {process}.")
