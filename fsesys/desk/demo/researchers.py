"""The researchers of the demo office: who works where, and how far each association has come."""

import datetime as dt
import random

from fsesys.core import clock, pending
from fsesys.core.jobs import pdf_of
from fsesys.core.letters import made_up
from fsesys.core.pending import PendingDecision
from fsesys.core.people import Person
from institutions.changes.selectors import as_of
from institutions.records import AuthorisationPeriod, RoleHolding
from researchers.association import actions, selectors
from researchers.association.models import AssociationCase
from researchers.records import Association, Researcher
from researchers.same_person import actions as linking

from . import names
from .applications import pdf
from .pace import Pace

PEOPLE = 280
SIZES = {"public_university": 7, "sector_research": 4}  # how many work there; elsewhere 2
STATES = ["active", "ended", "requested", "active", "approved", "refused", "withdrawn"] + 12 * [
    "active"] + ["requested", "ended", "refused", "approved"] + 12 * ["active"] + [
    "ended", "active", "active"]  # fmt: skip
TYPES = ["employee"] * 70 + ["student"] * 12 + ["guest"] * 12 + ["consultant"] * 6
TITLES = {"employee": ("professor", "lektor", "adjunkt", "postdoc", "ph.d.-studerende", "AC-fuldmægtig"),
          "student": ("specialestuderende", "studentermedhjælper"), "guest": ("gæsteforsker",),
          "consultant": ("konsulent",)}  # fmt: skip
COUNTRIES = ["DK"] * 18 + ["SE", "DE", "NO", "GB"]
EARLY = 3  # of each place
SECOND = 23  # every so-many-th person works at a second institution too
REFUSED = ("Vedkommende er fratrådt, før aftalen blev godkendt.",
           "Instituttet har ikke kendskab til ansættelsen.")  # fmt: skip


def places(at) -> list:
    """Institutions that were authorised at the instant, with the day that they were."""
    rows = AuthorisationPeriod.objects.at(at).select_related("institution")
    return [(row.institution, clock.day_of(row.from_at)) for row in rows.order_by("from_at", "pk")]


def holder(institution, role):
    """Who holds the role there now, the first of them."""
    rows = RoleHolding.objects.at(clock.now()).filter(institution=institution, role=role)
    return rows.select_related("person").order_by("pk").first().person


class Walk:
    """The n-th person's way to an association, or as far as it came."""

    def __init__(self, staff, n, place, today, late=-1):
        """late: how many came before, apart from the first of each place, who answer for others."""
        self.staff, self.n, self.today = staff, n, today
        self.institution, since = place
        self.dice = random.Random(n)  # noqa: S311 - the same office on every machine
        early = late < 0
        self.state = "active" if early else STATES[late % len(STATES)]
        self.type = "employee" if early else self.dice.choice(TYPES)
        self.pace = Pace(staff, self.start(since, early), today, minutes=n * 7)
        self.name = names.name(n)

    def start(self, since, early):
        """Open cases are young; who comes first came when the institution had just come."""
        if self.state in ("requested", "approved"):
            return self.today - dt.timedelta(days=self.dice.randint(4, 20))
        span = (self.today - since).days
        latest = 4 if early else span - 50 if self.state == "ended" else span - 14
        first = 1 if early else 21  # by then there are employees who answer for guests and students
        return since + dt.timedelta(days=self.dice.randint(first, max(first, latest)))

    def __call__(self):
        with self.pace.now():
            event = actions.register_request(self.institution, by=self.staff["secretary"],
                                             **self.request())  # fmt: skip
        self.case = event.case
        if self.state != "requested":
            getattr(self, f"to_{self.state}")()

    def request(self, **more) -> dict:
        domain = as_of(self.institution, clock.now()).mail_domains[0]
        country = self.dice.choice(COUNTRIES)
        return {
            "name": self.name, "mail": names.mail(self.name, domain), "type": self.type,
            "title": self.dice.choice(TITLES[self.type]), "citizenship": country,
            "birth_year": self.dice.randint(1958, 2001), "country": "DK",
            "language": "da" if country == "DK" else "en", "received_on": clock.today(),
            "answerable": self.answerable(),
            "employer": "Analyse & Data ApS" if self.type == "consultant" else "",
            "agreement": pdf(f"Tilknytningsaftale, {self.name}", "tilknytningsaftale.pdf"),
            "declaration": pdf(f"Fortrolighedserklæring, {self.name}", "erklaering.pdf"),
        } | more  # fmt: skip

    def answerable(self):
        if self.type not in ("guest", "student"):
            return None
        rows = list(selectors.employees(self.institution, clock.now())[:6])
        return self.dice.choice(rows).person

    def to_approved(self):
        with self.pace.on(self.dice.randint(1, 4)):
            actions.register_approval(
                self.case, by=self.staff["secretary"], **self.answered("Godkendelse")
            )  # fmt: skip

    def answered(self, words) -> dict:
        return {"answered_by": holder(self.institution, "responsible"), "answered_on": clock.today(),
                "upload": pdf(f"{words} af {self.name}", f"{words.lower()}.pdf")}  # fmt: skip

    def to_active(self):
        self.to_approved()
        with self.pace.on(self.dice.randint(1, 5)):
            secretary, case = self.staff["secretary"], AssociationCase.objects.get(pk=self.case.pk)
            ours = bytes(pdf_of(selectors.agreement(case)).file.content)
            copy = made_up.sign_digitally(ours, case.person.name)
            actions.activate(
                case, by=secretary, road="digital", signer=case.person_id,
                upload=("underskrevet.pdf", "application/pdf", copy), signed_on=clock.today(),
                proof=self.dice.choice(("passport", "driving_licence", "mitid")),
                proof_on=clock.today(), proof_by=secretary.person,
            )  # fmt: skip

    def to_ended(self):
        self.to_active()
        with self.pace.on(self.dice.randint(8, 25)):
            case = AssociationCase.objects.get(pk=self.case.pk)
            keys = [row.key for row in selectors.hanging(case, clock.now())]
            actions.end(case, by=self.staff["secretary"], asked_by=case.person,
                        asked_on=clock.today(), end_reason="Nyt job uden for forskningen.",
                        listed=keys, confirmed=True)  # fmt: skip

    def to_refused(self):
        with self.pace.on(3):
            actions.register_refusal(self.case, by=self.staff["secretary"],
                                     reason=self.dice.choice(REFUSED),
                                     **self.answered("Afslag"))  # fmt: skip

    def to_withdrawn(self):
        with self.pace.on(2):
            actions.withdraw(self.case, by=self.staff["secretary"],
                             reason="Instituttet trak anmodningen tilbage.")  # fmt: skip


def sizes(found) -> list:
    """How big each place is beside the others; no two are alike."""
    return [SIZES.get(home.type, 2) + number % 3 for number, (home, _since) in enumerate(found)]


def shared_out(count, found) -> list:
    """The place of each person: a few at each, then by the size of the place."""
    dice = random.Random(1)  # noqa: S311
    first = [found[n % len(found)] for n in range(min(count, EARLY * len(found)))]
    return first + dice.choices(found, sizes(found), k=count - len(first))


def walks(staff, today, count=PEOPLE):
    """The walks that nobody has gone yet."""
    found = places(clock.now())
    known = set(Person.objects.filter(researcher__isnull=False).values_list("name", flat=True))
    for n, place in enumerate(shared_out(count, found)):
        if names.name(n) not in known:
            yield Walk(staff, n, place, today, late=n - EARLY * len(found))


class Second(Walk):
    """A person on record is associated with another institution too."""

    def __init__(self, staff, first, place, today):
        super().__init__(staff, first.pk, place, today)
        self.first = first
        began = clock.day_of(first.from_at)
        self.pace = Pace(staff, max(began, place[1]) + dt.timedelta(days=9), today)

    def request(self):
        domain = as_of(self.institution, clock.now()).mail_domains[0]
        person = self.first.person
        known = dict.fromkeys(("name", "citizenship", "country", "language"), "")
        return super().request(person=person, mail=names.mail(person.name, domain),
                               birth_year=None, **known)  # fmt: skip


class Again(Walk):
    """A person was put on record a second time, under another name; both are linked later."""

    def __init__(self, staff, first, place, today):
        super().__init__(staff, first.pk, place, today)
        self.first, words = first.person, first.person.name.split()
        self.name = f"{words[0]} M. {words[-1]}"

    def __call__(self):
        super().__call__()
        with self.pace.on(12):
            record = Researcher.objects.select_related("person").get(person=self.case.person_id)
            case = linking.name_record(
                record, by=self.staff["secretary"], stays=self.first,
                reason="Samme pas; mellemnavnet stod kun på den ene anmodning.",
            ).case  # fmt: skip
        with self.pace.on(2):
            waits = PendingDecision.objects.get(case=case, outcome="")
            pending.confirm(waits, by=self.staff["head"])


def elsewhere(staff, today):
    """The people who have something to do with another place; the first two are linked records."""
    found = places(clock.now())
    rows = Association.objects.at(clock.now()).filter(person__same_as=None)
    rows = list(rows.select_related("person").order_by("pk"))
    for number, first in enumerate(rows[SECOND // 2 :: SECOND]):
        others = [place for place in found if place[0].pk != first.institution_id]
        if not others or _had(first.person):
            continue
        yield (Again if number in (1, 4) else Second)(
            staff, first, others[number % len(others)], today
        )


def _had(person) -> bool:
    return person.associations.count() > 1 or Person.objects.filter(same_as=person).exists()
