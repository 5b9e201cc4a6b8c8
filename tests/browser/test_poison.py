"""Hostile names and texts, typed into the form, are inert on every page, in exports and in mail."""

import csv
import io

import pytest
from django.core import mail

from fsesys.core.names import visible
from fsesys.desk.demo import applications

from .walk import ROW, Walk

SCRIPT = '<script>window.canary=1</script>"><img src=x onerror=window.canary=1>'
POISON = SCRIPT + "'-alert(1)-'{{7*7}}{% load x %}${7*7}\u202eafsked"
FORMULA = "=cmd|' /C calc'!A0" + POISON
BREAK = "Birgitte\r\nBcc: alle@example.org" + SCRIPT
PEOPLE = ("secretary", "responsible", "chief", "dst-secretary")
PAGES = ("/", "/authorisations/", "/institutions/", "/search/?q=cmd", "/search/?q=script")
ADMIN = "/admin/institutions/"


class Poisoned(Walk):
    """The same walk, with poison wherever somebody can type."""

    def fill(self):
        hands, row = self.secretary, self.row
        hands.open("/authorisations/register/")
        values = {
            "name_da": FORMULA[:200], "name_en": POISON, "parent_name": POISON,
            "cvr": row["cvr"], "mail_domains": "kk.dk", "address": POISON,
            "invoice_address": POISON, "head_name": BREAK.replace("\r\n", " "),
            "head_title": POISON, "head_mail": "bl@kk.dk", "environment": POISON,
            "staff_count": 14, "experienced_count": 5, "security": POISON, "purpose": POISON,
            "paragraph": POISON,
        }  # fmt: skip
        for name, value in values.items():
            hands.type(name, value)
        hands.choose("type", row["type"])


@pytest.fixture
def people(as_user):
    return {username: as_user(username) for username in PEOPLE}


def look(hands, *paths):
    for path in paths:
        hands.open(path)
        assert hands.page.evaluate("typeof window.canary") == "undefined", path


def test_poison_is_inert(people, work, quick_copies, watch):
    walk = Poisoned(people, ROW)
    secretary, responsible, chief = walk.secretary, walk.responsible, walk.chief
    walk.fill()
    name, kind, content = applications.pdf("Ansøgning")
    secretary.attach("application", (f"../{SCRIPT}.pdf".replace("/", ":"), kind, content))
    secretary.press()
    walk.number = secretary.page.url.rstrip("/").rpartition("/")[2]
    case = walk.case()
    assert case is not None, secretary.text()[:1500]
    assert case.institution.name_da == visible(FORMULA[:200])  # turned round by nothing
    page = f"/authorisations/{walk.number}/"
    walk.evaluate()
    look(secretary, page)
    watch.expected(422, 409)
    responsible.open(f"{page}recommend/")
    responsible.type("text", POISON)
    responsible.press()  # refused: what was typed is shown again
    assert responsible.page.evaluate("typeof window.canary") == "undefined"
    assert responsible.page.locator("[name=text]").input_value() == visible(POISON)
    ask_and_answer(walk)
    walk.recommend()
    walk.draft_and_submit()
    look(secretary, *PAGES, page, f"/institutions/{case.institution_id}/",
         f"{page}withdraw/", f"{page}close_as_duplicate/", f"{page}preview/agreement/")  # fmt: skip
    look(responsible, *PAGES)
    change = f"{ADMIN}authorisationcase/{case.pk}/"
    look(chief, "/", "/admin/", f"{ADMIN}authorisationcase/", f"{ADMIN}institution/",
         f"{change}change/", f"{change}approve/do/", f"{change}reject/do/")  # fmt: skip
    chief.type("reason", POISON)
    chief.press()
    look(chief, f"{change}change/")
    look(secretary, *PAGES, page)
    assert "{{7*7}}" in secretary.text()
    assert walk.case().state == "rejected"
    work()
    exported(secretary)
    for message in mail.outbox:
        assert not {"\r", "\n"} & set(message.subject)
        assert message.to == ["bl@kk.dk"] and not message.bcc and not message.cc
    assert mail.outbox


def ask_and_answer(walk):
    hands = walk.responsible
    hands.open(f"/authorisations/{walk.number}/ask/")
    hands.type("about_1", POISON[:120])
    hands.type("question_1", POISON)
    walk.done(hands, "awaiting_applicant")
    question = walk.case().questions.get()
    walk.secretary.open(f"/authorisations/{walk.number}/answer/?question={question.pk}")
    walk.secretary.type("answer", POISON)
    walk.done(walk.secretary, "under_evaluation")


def exported(hands):
    """In CSV no cell begins as a formula does."""
    for path in ("/authorisations/?export=csv", "/institutions/?export=csv"):
        text = hands.bytes_of(path).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert any("cmd|" in cell for cell in cells)
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
