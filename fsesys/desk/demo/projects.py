"""The projects of the demo office: who owns them, what they say, and how far each has come."""

import datetime as dt
import random

from django.http import QueryDict

from fsesys.core import clock, pending, workdays
from fsesys.core.jobs import pdf_of
from fsesys.core.letters import made_up
from institutions import kinds
from projects.proposal import actions, databases, selectors
from projects.records import DATABASE, Project, Register
from researchers.records import Association

from . import titles
from .applications import pdf
from .pace import Pace
from .researchers import holder, places, sizes

PROJECTS = 100
# Mixed, so that a small share has many of them; the rest of the projects are in force.
STATES = (["in_force", "expiring", "in_assessment", "in_force", "submitted", "reproposed",
           "approved", "expired", "returned", "in_force", "awaiting_applicant", "rejected",
           "in_force", "withdrawn", "lapsed", "renewed"] * 2
          + ["in_force", "in_force", "in_force", "submitted", "expiring", "in_force", "in_force",
             "approved", "in_force", "in_assessment", "expired", "in_force", "reproposed"])  # fmt: skip
RUNS = {"in_force", "expiring", "expired", "reproposed", "renewed"}
YOUNG = {"submitted": 12, "in_assessment": 25, "awaiting_applicant": 30, "returned": 35,
         "approved": 40}  # fmt: skip
LEFT = {
    "expiring": (2, 75),
    "in_force": (150, 1400),
    "reproposed": (60, 600),
    "renewed": (300, 900),
}
SUBS = 4  # projects inside a project database
WHY_NOT = "Populationen er større, end formålet kræver, og koblingen af registre er ikke begrundet."


class Walk:
    """The n-th project's way through process 3."""

    def __init__(self, staff, n, place, today, base=False):
        """base: the project database of the institution, there from its beginning."""
        self.staff, self.n, self.today = staff, n, today
        (self.institution, self.since), (self.title, self.field) = place, titles.projects()[n]
        self.dice = random.Random(n + 7000)  # noqa: S311 - the same office on every machine
        self.base, self.state = base, state_of(n)
        if base:
            self.title = f"Projektdatabase: {self.title}"
        self.pace = Pace(staff, self.start(), today, minutes=n * 11)
        self.last_on = self.until()

    def start(self):
        """Open cases are young; what lapsed is old; what is in force came all over the time."""
        if self.state in YOUNG:
            return self.today - dt.timedelta(days=self.dice.randint(5, YOUNG[self.state]))
        if self.base or self.state in ("lapsed", "expired", "renewed"):
            return self.since + dt.timedelta(days=1)
        span = (self.today - self.since).days
        return self.since + dt.timedelta(days=self.dice.randint(3, max(4, span - 45)))

    def until(self):
        if self.state == "expired":
            return self.today - dt.timedelta(days=self.dice.randint(3, 30))
        return self.today + dt.timedelta(days=self.dice.randint(*LEFT.get(self.state, (300, 900))))

    def __call__(self):
        with self.pace.now():
            event = actions.register_proposal(
                self.institution, by=self.staff["secretary"], upload=self.paper("indstilling"),
                officer=self.staff["officer"].person, stated=self.stated(), **self.scheme(),
            )  # fmt: skip
        self.case = event.case
        way = "in_force" if self.state in RUNS else self.state
        getattr(self, f"to_{way}")()
        if self.state in ("reproposed", "renewed"):
            getattr(self, f"to_{self.state}")()

    def scheme(self):
        """A project of its own; or the one project database of the institution, or inside it."""
        if self.base:
            return {"scheme": DATABASE}
        base = next(iter(databases.alive(self.institution.pk, clock.now())), None)
        if base is None or Project.objects.filter(database=base).count() >= SUBS:
            return {"scheme": "researcher"}
        return {"scheme": DATABASE, "database": Project.objects.get(pk=base)}

    def stated(self, **changed) -> dict:
        said = titles.stated(self.title, self.field, self.dice)
        names, today = said.pop("names"), clock.today()
        known = {one.name: one for one in Register.objects.filter(name__in=names)}
        return said | {
            "received_on": today, "full_register": False, "full_register_reason": "",
            "impact_assessed": True, "price_group": kinds.price_group(self.institution.type),
            "first_on": today, "last_on": self.last_on, "approved_on": today,
            "approved_channel": "portal", "approved_by": holder(self.institution, "administrator"),
            "signatories": [holder(self.institution, "signatory")], "members": [], "approvals": [],
            "performer": None, "controller": None,
            "contact": self.contact(),
            "registers": [{"register": known[name], "year_from": self.dice.randint(1990, 2012),
                           "year_to": today.year - self.dice.randint(2, 4),
                           "justification": "Indgår i populationen eller er et udfald."}
                          for name in names],
        } | changed  # fmt: skip

    def contact(self):
        rows = Association.objects.at(clock.now()).filter(institution=self.institution,
                                                          type="employee")  # fmt: skip
        found = list(rows.select_related("person").order_by("pk")[:20])
        person = (
            self.dice.choice(found).person if found else holder(self.institution, "administrator")
        )
        return {"name": person.name, "mail": person.mail}

    def paper(self, words):
        return pdf(f"{words} {self.title} {self.pace.day}", f"{words}.pdf")

    def do(self, verb, who, days=2, **facts):
        with self.pace.on(days):
            facts = {name: fact() if callable(fact) else fact for name, fact in facts.items()}
            event = getattr(actions, verb)(self.case, by=self.staff[who], **facts)
        self.case = event.case

    def to_submitted(self):
        pass

    def to_in_assessment(self):
        self.do("take_case", "officer", self.dice.randint(1, 4))

    def to_awaiting_applicant(self):
        self.to_in_assessment()
        self.do("ask", "officer", due_on=lambda: workdays.after(clock.today(), 15), questions=[
            ("", "Hvorfor er det nødvendigt med oplysninger fra før 1995?"),
            ("", "Hvem skal arbejde med projektet?")])  # fmt: skip

    def to_returned(self):
        self.to_in_assessment()
        self.do("return_", "officer", 3, reason="Begrund hvert register og de år, der ønskes.")

    def to_rejected(self):
        self.to_in_assessment()
        self.do("reject", "officer", 5, reason=WHY_NOT)

    def to_withdrawn(self):
        self.do(
            "withdraw", "secretary", 6, reason="Institutionen skrev, at bevillingen er bortfaldet."
        )

    def to_lapsed(self):
        self.to_returned()
        self.pace.day = self.case.lapse_on
        self.do("lapse", "officer", 1)

    def to_approved(self):
        self.to_in_assessment()
        self.approve()

    def approve(self):
        days, text = self.dice.randint(3, 9), "Projektet er velbeskrevet."
        if self.base:
            return self.have_confirmed(days, text)
        self.do("approve", "officer", days, text=text,
                answers=lambda: {slug: ("met", "") for slug in self.criteria()})  # fmt: skip

    def criteria(self):
        return [one.slug for one in selectors.first.criteria(self.case, clock.today())]

    def have_confirmed(self, days, text):
        """A project database: the officer proposes the approval, the head of FSE confirms it."""
        with self.pace.on(days):
            typed = QueryDict(mutable=True)
            typed.update({f"answer_{slug}": "met" for slug in self.criteria()} | {"text": text})
            waits = pending.attempt(self.case, "approve", by=self.staff["officer"], key=None,
                                    seen=None, data=typed).proposal  # fmt: skip
        with self.pace.on(1):
            self.case = pending.confirm(waits, by=self.staff["head"]).case

    def to_in_force(self):
        self.to_approved()
        self.sign()

    def sign(self):
        signatory = holder(self.institution, "signatory")
        ours = bytes(pdf_of(selectors.agreement(self.case)).file.content)
        copy = made_up.sign_digitally(ours, signatory.name)
        self.do("register_signature", "secretary", self.dice.randint(1, 4), road="digital",
                upload=("underskrevet.pdf", "application/pdf", copy), signer=signatory.pk,
                signed_on=clock.today)  # fmt: skip

    def to_reproposed(self):
        """The project asks for more; what is in force stays in force meanwhile."""
        days = (self.today - self.pace.day).days - 10
        with self.pace.on(max(2, days * 5 // 7)):
            said = self.stated(last_on=self.last_on + dt.timedelta(days=730))
            event = actions.register_reproposal(self.case.project, by=self.staff["secretary"],
                                                upload=self.paper("genindstilling"), stated=said)  # fmt: skip
        self.case = event.case

    def to_renewed(self):
        self.to_reproposed()
        self.do("take_case", "officer", 1)
        self.approve()
        self.sign()


def walks(staff, today, count=PROJECTS):
    """The walks that nobody has gone yet; what lapsed lies with who came first."""
    found, known = places(clock.now()), set(Project.objects.values_list("title", flat=True))
    dice = random.Random(1)  # noqa: S311
    without = {home.pk for home, _since in found if DATABASE in home.schemes}
    for n in range(count):
        place, state = dice.choices(found, sizes(found))[0], state_of(n)
        if state in ("lapsed", "renewed"):
            place = found[0]
        base = state == "in_force" and place[0].pk in without
        without -= {place[0].pk} if base else set()
        walk = Walk(staff, n, place, today, base)
        if walk.title not in known:
            yield walk


def state_of(n):
    return STATES[n] if n < len(STATES) else "in_force"
