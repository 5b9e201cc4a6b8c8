"""A letter is shown with what is being typed, before the verb is done; nothing is stored."""

import re

import pytest
from django.db import connection

from fsesys.core import workdays
from fsesys.desk.demo import applications
from institutions.authorisation import selectors
from tests.integration.test_pages import everything
from tests.office import Call, filled_in

pytestmark = pytest.mark.django_db
KEY = {"key": "00000000-0000-4000-8000-00000000abcd"}
TYPED = {  # letter: (state, verb, who, what is typed, what the letter then says)
    "questions": ("under_evaluation", "ask", "responsible",
                  {"about_1": "Data", "question_1": "Hvilke <registre>?", "question_2": "Hvem?"},
                  ["Hvilke &lt;registre&gt;?", "Hvem?"]),
    "rejection": ("submitted", "reject", "chief", {"reason": "Der er for få forskere."},
                  ["Der er for få forskere."]),
    "welcome": ("signed_by_both", "register_institution", "secretary",
                {"substitutes": "Ida Kjær, ida@au.dk"}, ["Ida Kjær"]),
    "reminder": ("awaiting_applicant", "remind", "secretary", {}, ["registerdata"]),
    "withdrawal": ("received", "withdraw", "secretary", {"reason": "De ringede."}, []),
    "lapse": ("awaiting_applicant", "lapse", "responsible", {}, []),
    "cover": ("signed_by_us", "send", "secretary", {"channel": "mail"}, []),
    "reopening": ("withdrawn", "reopen", "responsible", {"reason": "De søger alligevel."}, []),
}  # fmt: skip


def kept():
    """Every row, and the last number that a case and a document got."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT last_value FROM core_case_number),"
                       " (SELECT last_value FROM core_document_number)")  # fmt: skip
        return everything(), cursor.fetchone()


def posted(case, typed):
    due = workdays.after(applications.clock.today(), 9)
    return KEY | {"seen": case.revision, "due_on": f"{due:%d-%m-%Y}",
                  "paragraph": "Med eget afsnit."} | typed  # fmt: skip


@pytest.mark.parametrize("letter", TYPED)
def test_the_letter_says_what_is_typed_and_nothing_is_stored(client, staff, case_in, letter):
    state, verb, who, typed, words = TYPED[letter]
    case = case_in(state)
    client.force_login(staff[who])
    page = client.get(f"/authorisations/{case.number}/{verb}/").content.decode()
    url = f"/authorisations/{case.number}/preview/{letter}/"
    assert f'formaction="{url}" formtarget="_blank"' in page
    before = kept()
    answer = client.post(url, posted(case, typed))
    text = answer.content.decode()
    assert answer.status_code == 200
    for word in (*words, "Med eget afsnit.", case.number, "FORHÅNDSVISNING"):
        assert word in text, word
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert kept() == before
    assert selectors.load(case.number).revision == case.revision


def test_the_letter_that_is_sent_reads_as_the_preview_did(client, staff, walk_to):
    walked = walk_to("under_evaluation")
    call = Call(walked, "ask")
    case, due = call.case, call.typed["due_on"]
    event = call(paragraph="Med eget afsnit.")
    sent = event.case.documents.get(event=event).context
    assert sent["paragraph"] == "Med eget afsnit."
    again = walk_to("under_evaluation").case()
    client.force_login(staff["responsible"])
    about, question = call.typed["questions"][0]
    text = client.post(f"/authorisations/{again.number}/preview/questions/", posted(again, {
        "about_1": about, "question_1": question, "due_on": f"{due:%d-%m-%Y}",
    })).content.decode()  # fmt: skip
    for word in (sent["due_on"], sent["questions"][0]["text"], sent["contact"]["name"]):
        assert word in text, (word, case.number)


def test_the_receipt_of_an_application_that_is_being_typed(client, staff):
    typed = filled_in(0) | {"paragraph": "Velkommen til."}
    del typed["application"]  # a preview needs no file
    client.force_login(staff["secretary"])
    assert "/authorisations/register/preview/" in client.get(
        "/authorisations/register/").content.decode()  # fmt: skip
    before = kept()
    answer = client.post("/authorisations/register/preview/", typed)
    text = answer.content.decode()
    assert answer.status_code == 200, text
    for word in (typed["name_da"], typed["parent_name"], typed["head_name"], "Velkommen til."):
        assert word in text, word
    assert kept() == before


def test_what_is_wrong_is_said_instead_of_a_letter(client, staff, case_in):
    case = case_in("under_evaluation")
    client.force_login(staff["responsible"])
    answer = client.post(f"/authorisations/{case.number}/preview/questions/",
                         posted(case, {"due_on": "29-02-2027"}))  # fmt: skip
    assert answer.status_code == 422
    assert len(re.findall(r"<li>", answer.content.decode())) >= 2  # no question, no such day


def test_only_who_may_do_the_verb_previews_it(client, staff, case_in):
    case = case_in("submitted")
    url = f"/authorisations/{case.number}/preview/rejection/"
    for username, status in (("chief", 200), ("secretary", 403), ("auditor", 403)):
        client.force_login(staff[username])
        assert client.post(url, posted(case, {"reason": "x"})).status_code == status, username
    client.force_login(staff["auditor"])
    assert client.post("/authorisations/register/preview/", {}).status_code == 403
    client.force_login(staff["secretary"])
    for letter in ("agreement", "recommendation", "receipt", "nothing"):
        assert client.post(f"/authorisations/{case.number}/preview/{letter}/").status_code == 404
