"""A real institution from application to authorisation number, in the browser, as four people."""

import io

import pypdf
import pytest
from django.core import mail
from django.utils import translation

from fsesys.core.documents import Notice
from institutions.authorisation.documents import day
from institutions.records import Institution

from .walk import ADVICE, ANSWERS, HEAD, QUESTIONS, SUBSTITUTE, Walk

PEOPLE = ("secretary", "responsible", "chief", "dst-secretary")
NAME = "Københavns Kommune"
IMPORTED = 4711  # the highest number of the institutions that were there before


@pytest.fixture
def walk(staff, window):
    Institution.objects.create(
        name_da="Aarhus Kommune", cvr="55133018", type="region_municipality", schemes=[],
        price_group="public", mail_domains=["aarhus.dk"], authorisation_number=IMPORTED,
    )  # fmt: skip
    return Walk({username: window() for username in PEOPLE})


def read(hands, document) -> str:
    """The text of a document as somebody reads it: one line, without soft hyphens."""
    content = hands.bytes_of(f"/documents/{document.number}/")
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_from_application_to_authorisation_number(walk, work):
    walk.all()
    work()
    case, secretary = walk.case(), walk.secretary
    institution = case.institution
    assert institution.authorisation_number == IMPORTED + 1
    number = str(IMPORTED + 1)
    with translation.override("da"):
        today, due = day(walk.today()), day(case.questions.first().due_on)
        review = day(institution.review_on)
    letters = {d.template: d for d in case.documents.exclude(template="")}
    said = {
        "receipt": [NAME, today, case.number, HEAD["name"]],
        "questions": [*(text for _about, text in QUESTIONS), due, "1", "2"],
        "recommendation": [NAME, "64942212", ADVICE, "Kirsten Holm"],
        "agreement": [NAME, "64942212", HEAD["name"], "Jørgen Elmquist", "kk.dk"],
        "cover": [letters["agreement"].number, HEAD["name"]],
        "welcome": [
            NAME,
            f"Jeres autorisationsnummer er {number}",
            today,
            review,
            HEAD["name"],
            SUBSTITUTE,
        ],
    }
    assert set(letters) == set(said)
    secretary.open(f"/authorisations/{case.number}/")
    for template, words in said.items():
        letter = letters[template]
        assert secretary.page.locator(f"a[href='/documents/{letter.number}/']").count()
        text = read(secretary, letter)
        for word in (*words, letter.number, case.number, today.split()[-1]):
            assert word in text, (template, word, text)
    assert number not in read(secretary, letters["agreement"])
    page = secretary.page.locator("main").text_content()  # with what is folded
    for word in (NAME, number, ADVICE, *ANSWERS, "Kirsten Holm", "Jørgen Elmquist"):
        assert word in page, word
    assert secretary.page.locator(".step-done").count() == 8
    assert {s.side: s.road for s in letters["agreement"].signatures.all()} == {
        "us": "digital", "them": "scan"}  # fmt: skip
    assert not Notice.objects.filter(sent_at=None).exists()
    assert all(HEAD["mail"] in message.to for message in mail.outbox)
    assert len(mail.outbox) == Notice.objects.count()
