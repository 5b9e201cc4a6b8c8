"""Process 1 in the browser, from application to authorisation number, as four people.

One walk for the mouse and for the keyboard: what is done with the pages stands in hands.py.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

from fsesys.core.letters import made_up
from fsesys.desk.demo import applications
from institutions.authorisation import selectors

ROW = next(row for row in applications.rows() if row["name_da"] == "Københavns Kommune")
HEAD = {"name": "Birgitte Lundgaard", "title": "kontorchef", "mail": "bl@kk.dk"}
SUBSTITUTE = "Carsten Juhl"
STATED = {
    "environment": "Kontoret har 14 analytikere, der arbejder med registerdata.",
    "security": "Skriftlige rutiner og årlig gennemgang.",
    "purpose": "Analyser af velfærd og arbejdsmarked.", "staff_count": 14,
    "experienced_count": 5,
}  # fmt: skip
QUESTIONS = [
    ("Erfaring", "Hvor mange medarbejdere har arbejdet med registerdata de seneste år?"),
    ("Sikkerhed", "Hvordan sikres det, at kun godkendte personer ser skærmen?"),
]
ANSWERS = ["Fem medarbejdere har erfaring.", "Der er eget lokale med adgangskort."]
ADVICE = "Miljøet er varigt og har skriftlige sikkerhedsrutiner."


def elsewhere(function, *args):
    """Call it in a thread: this one has playwright's event loop, and some things start one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, *args).result()


class Walk:
    """`people`: Hands of secretary, responsible, chief and dst-secretary, not signed in yet."""

    def __init__(self, people, row=ROW, head=HEAD):
        self.people, self.row, self.head, self.number = people, row, head, None

    def __getattr__(self, name):
        return self.people[name.replace("_", "-")]

    def sign_in(self):
        for username in ("secretary", "responsible", "dst-secretary"):
            self.people[username].sign_in(username)
            self.people[username].at("/")
        self.chief.sign_in("chief", "/admin/")
        self.chief.at("/admin/")

    def case(self):
        return selectors.load(self.number)

    def agreement(self):
        return self.case().agreement.document.number

    def all(self):
        self.sign_in()
        self.register()
        self.evaluate()
        self.ask_and_answer()
        self.recommend()
        self.draft_and_submit()
        self.approve()
        self.sign_by_us()
        self.send()
        self.sign_by_them()
        self.authorise()

    def done(self, hands, state, path=None):
        """Press the button; the case is now in that state and its page is shown."""
        hands.press()
        hands.at(path or f"/authorisations/{self.number}/")
        assert self.case().state == state

    def task(self, hands, verb):
        """From my work to the one main button of the case."""
        hands.open("/")
        hands.follow(f"/authorisations/{self.number}/{verb}/")

    def verb(self, hands, verb):
        hands.open(f"/authorisations/{self.number}/")
        hands.follow(f"/authorisations/{self.number}/{verb}/")

    def register(self):
        hands, row, head = self.secretary, self.row, self.head
        hands.follow("/authorisations/")
        hands.follow("/authorisations/register/")
        for name in ("name_da", "name_en", "cvr"):
            hands.type(name, row[name])
        hands.choose("type", row["type"])
        hands.type("mail_domains", row["mail_domains"])
        hands.type("address", "Rådhuspladsen 1\n1599 København V")
        hands.choose("language", "da")
        for name, value in head.items():
            hands.type(f"head_{name}", value)
        for name in ("environment", "staff_count", "experienced_count", "security", "purpose"):
            hands.type(name, STATED[name])
        hands.choose("channel", "mail")
        hands.attach("application", applications.pdf("Ansøgning om autorisation"))
        hands.attach("annexes", applications.pdf("Bilag 1", "bilag-1.pdf"),
                     applications.pdf("Bilag 2", "bilag-2.pdf"))  # fmt: skip
        hands.press()
        found = re.search(r"/authorisations/(\d{4}-\d+)/$", hands.page.url)
        assert found, (hands.page.url, hands.text()[:2000])
        self.number = found[1]
        assert self.case().state == "received"

    def evaluate(self):
        self.task(self.responsible, "start_evaluation")
        self.done(self.responsible, "under_evaluation")

    def ask_and_answer(self):
        self.verb(self.responsible, "ask")
        for n, (about, text) in enumerate(QUESTIONS, start=1):
            self.responsible.type(f"about_{n}", about)
            self.responsible.type(f"question_{n}", text)
        self.done(self.responsible, "awaiting_applicant")
        states = ["awaiting_applicant", "under_evaluation"]
        questions = list(self.case().questions.order_by("number"))
        for n, (question, state) in enumerate(zip(questions, states, strict=True)):
            self.secretary.open(f"/authorisations/{self.number}/")
            self.secretary.follow(f"/answer/?question={question.pk}")
            self.secretary.type("answer", ANSWERS[n])
            self.secretary.attach("upload", applications.pdf(f"Svar {n + 1}", f"svar-{n + 1}.pdf"))
            self.done(self.secretary, state)

    def recommend(self):
        self.task(self.responsible, "recommend")
        for criterion in selectors.criteria(self.case(), self.case().received_on):
            self.responsible.choose(f"answer_{criterion.slug}", "met")
        self.responsible.type("text", ADVICE)
        self.done(self.responsible, "recommended")

    def draft_and_submit(self):
        self.task(self.secretary, "draft_agreement")
        self.done(self.secretary, "agreement_drafted")
        self.task(self.responsible, "submit")
        self.done(self.responsible, "submitted")

    def approve(self):
        chief, pk = self.chief, self.case().pk
        change = f"/admin/institutions/authorisationcase/{pk}/change/"
        chief.open("/admin/")
        chief.follow("/admin/institutions/authorisationcase/")
        chief.follow(change)
        assert ADVICE in chief.text()
        chief.follow("/approve/do/")
        self.done(chief, "approved", change)

    def sign_by_us(self):
        hands = self.dst_secretary
        issued = hands.bytes_of(f"/documents/{self.agreement()}/")
        self.ours = elsewhere(made_up.sign_digitally, issued, "Jørgen Elmquist")
        self.task(hands, "register_our_signature")
        hands.attach("upload", ("aftale.pdf", "application/pdf", self.ours))
        hands.choose("road", "digital")
        hands.type("signed_on", f"{self.today():%d-%m-%Y}")
        self.done(hands, "signed_by_us")

    def send(self):
        self.task(self.secretary, "send")
        self.done(self.secretary, "sent")

    def sign_by_them(self):
        hands = self.secretary
        self.verb(hands, "register_counter_signature")
        theirs = made_up.scan(self.ours, dpi=110, tilt=0.4)
        hands.attach("upload", ("underskrevet.pdf", "application/pdf", theirs))
        hands.choose("road", "scan")
        hands.choose("signer", self.case().head_id)
        hands.type("signed_on", f"{self.today():%d-%m-%Y}")
        self.done(hands, "signed_by_both")

    def authorise(self):
        self.task(self.secretary, "register_institution")
        self.secretary.type("substitutes", f"{SUBSTITUTE}, cj@kk.dk")
        self.done(self.secretary, "authorised")

    def today(self):
        return applications.clock.today()
