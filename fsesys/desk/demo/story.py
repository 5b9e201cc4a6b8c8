"""How far each demo institution has come: a walk through the actions, a day at a time.

Every walk takes its institution to the state it names; nothing sets a state. Signed copies are
made from our own rendered agreement.
"""

import datetime as dt

from django.db import transaction

from fsesys.core import clock, jobs, workdays
from fsesys.core.letters import made_up
from institutions.authorisation import actions, registering, selectors, signing
from institutions.authorisation.models import AuthorisationCase

from . import applications

# From the shipped list, by position: the state each institution has reached in the demo.
REACHED = [
    "authorised", "authorised", "received", "authorised", "under_evaluation", "submitted",
    "awaiting_applicant", "sent", "authorised", "recommended", "approved", "agreement_drafted",
    "signed_by_us", "authorised", "rejected", "signed_by_both", "under_evaluation", "received",
    "authorised", "withdrawn", "sent", "lapsed", "submitted", "advised_against", "authorised",
    "awaiting_applicant", "received", "duplicate", "under_evaluation",
]  # fmt: skip
WAY = ["received", "under_evaluation", "recommended", "agreement_drafted", "submitted",
       "approved", "signed_by_us", "sent", "signed_by_both", "authorised"]  # fmt: skip
ASIDE = {"awaiting_applicant": "under_evaluation", "lapsed": "under_evaluation",
         "advised_against": "under_evaluation", "rejected": "submitted",
         "withdrawn": "under_evaluation", "duplicate": "received"}  # fmt: skip


class Walk:
    """One institution's way through process 1. `day` moves on two working days a verb."""

    def __init__(self, staff, n, row, state, today):
        self.staff, self.n, self.state = staff, n, state
        back = {"authorised": 150 + n, "lapsed": 230, "sent": 45}.get(state, 24 + n % 5)
        start = today - dt.timedelta(days=back)
        if ASIDE.get(state, state) in WAY[1:]:
            start = start if state in ("authorised", "lapsed") else start - dt.timedelta(days=30)
        self.day = workdays.after(start, 1)
        with self.now():
            stated = applications.application(n, row, self.day)
            event = signing.register_application(by=staff["secretary"], **stated)
        self.number, self.domain = event.case.number, stated["institution"]["mail_domains"][0]

    def now(self):
        return clock.moved(applications.noon(self.day))

    def case(self):
        return selectors.load(self.number)

    def do(self, verb, who, source=actions, **facts):
        self.day = workdays.after(self.day, 2)
        with self.now():
            return getattr(source, verb)(self.case(), by=self.staff[who], **facts)

    def go(self):
        """Walk to the state that was asked for."""
        for state in WAY[1 : WAY.index(ASIDE.get(self.state, self.state)) + 1]:
            getattr(self, f"to_{state}")()
        if self.state in ASIDE:
            getattr(self, f"to_{self.state}")()

    def to_under_evaluation(self):
        self.do("start_evaluation", "responsible")
        if self.n % 3 == 0 and self.state not in ("lapsed", "awaiting_applicant"):
            self.ask()
            for question in list(self.case().questions.all()):
                self.do("answer", "secretary", question=question.pk, answered_on=self.day,
                        answer="Det fremgår af vedlagte redegørelse.")  # fmt: skip

    def ask(self):
        due = workdays.after(self.day, 15)
        self.do("ask", "responsible", due_on=due, questions=[
            ("Erfaring", "Hvor mange medarbejdere har arbejdet med registerdata de seneste år?"),
            ("Sikkerhed", "Hvordan sikres det, at kun godkendte personer ser skærmen?"),
        ])  # fmt: skip

    def to_recommended(self):
        answers = {c.slug: ("met", "") for c in selectors.criteria(self.case(), self.day)}
        self.do("recommend", "responsible", answers=answers,
                text="Miljøet er varigt, har erfarne forskere og skriftlige sikkerhedsrutiner.")  # fmt: skip

    def to_agreement_drafted(self):
        self.do("draft_agreement", "secretary")

    def to_submitted(self):
        self.do("submit", "responsible")

    def to_approved(self):
        self.do("approve", "chief")

    def to_signed_by_us(self):
        document = self.case().agreement.document
        ours = made_up.sign_digitally(bytes(jobs.pdf_of(document).file.content),
                                      self.staff["chief"].person.name)  # fmt: skip
        self.do("register_our_signature", "dst-secretary", signing, road="digital",
                upload=("aftale.pdf", "application/pdf", ours), signed_on=self.day)  # fmt: skip

    def to_sent(self):
        self.do("send", "secretary", signing)

    def to_signed_by_both(self):
        case = self.case()
        copy = case.agreement.document.signatures.standing().get(side="us").copy
        theirs = made_up.scan(bytes(copy.file.content), dpi=110, tilt=0.4)
        self.do("register_counter_signature", "secretary", signing, road="scan",
                signer=case.head_id, upload=("underskrevet.pdf", "application/pdf", theirs),
                signed_on=self.day)  # fmt: skip

    def to_authorised(self):
        n, domain = self.n, self.domain
        self.do("register_institution", "secretary", registering,
                substitutes=[named(n + 20, domain)], administrators=[named(n + 40, domain)],
                signatories=[named(n + 60, domain)])  # fmt: skip

    def to_awaiting_applicant(self):
        self.ask()

    def to_lapsed(self):
        self.ask()
        self.day = self.case().remind_on
        self.do("remind", "secretary")
        self.day = self.case().lapse_on
        self.do("lapse", "responsible")

    def to_advised_against(self):
        answers = {c.slug: ("met", "") for c in selectors.criteria(self.case(), self.day)}
        answers["security_culture"] = ("not-met", "Der er ingen skriftlige rutiner.")
        self.do("advise_against", "responsible", answers=answers,
                text="Der er ikke tilstrækkelig opmærksomhed på datasikkerhed.")  # fmt: skip

    def to_rejected(self):
        self.do("reject", "chief", reason="Miljøet har endnu ikke varige rammer for arbejdet.")

    def to_withdrawn(self):
        self.do("withdraw", "secretary", reason="Ansøgeren ringede og trak ansøgningen tilbage.")

    def to_duplicate(self):
        earlier = AuthorisationCase.objects.order_by("pk").first().institution
        self.do("close_as_duplicate", "secretary", duplicate_of=earlier,
                reason="Samme miljø har søgt to gange.")  # fmt: skip


def named(n, domain):
    person = applications.person(n, domain)
    return {"name": person["name"], "mail": person["mail"]}


def tell(staff, today, limit=None):
    """Load the demo institutions, each in its own transaction."""
    rows = applications.rows()
    for n, (row, state) in enumerate(zip(rows, REACHED, strict=True)):
        if limit is not None and n >= limit:
            return
        with transaction.atomic():
            Walk(staff, n, row, state, today).go()
