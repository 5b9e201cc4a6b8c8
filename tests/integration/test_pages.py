"""Every page: who may open it, that a GET writes nothing, and the answers to a POST."""

import logging
import re
import uuid

import pytest
from django.apps import apps
from django.db import OperationalError
from django.urls import get_resolver
from django.utils.html import escape

from fsesys.core import processes, roles
from fsesys.desk import search
from fsesys.desk.demo import staff as demo
from fsesys.settings.base import in_a_line
from institutions.authorisation import selectors

pytestmark = pytest.mark.django_db

OPEN = {"sign_in", "healthy", "set_language"}
PAGES = {
    "/": set(demo.STAFF),
    "/authorisations/": set(demo.STAFF) - {"administrator"},
    "/authorisations/?export=csv": set(demo.STAFF) - {"administrator"},
    "/authorisations/?export=xlsx": set(demo.STAFF) - {"administrator"},
    "/authorisations/register/": {"secretary"},
    "/authorisations/{case}/": set(demo.STAFF) - {"administrator"},
    "/authorisations/{case}/diagram.svg": set(demo.STAFF) - {"administrator"},
    "/authorisations/{case}/preview/agreement/": set(demo.STAFF) - {"administrator"},
    "/institutions/": set(demo.STAFF) - {"administrator"},
    "/institutions/{institution}/": set(demo.STAFF) - {"administrator"},
    "/institutions/{institution}/institution_hold/place_hold/": {"head"},
    "/institutions/{institution}/termination/terminate/": {"chief"},
    "/institutions/{institution}/termination/terminate_on_wish/": {"head"},
    "/projects/": set(demo.STAFF) - {"administrator"},
    "/projects/register/": {"secretary"},
    "/researchers/": set(demo.STAFF) - {"administrator"},
    "/registers/": set(demo.STAFF) - {"administrator"},
    "/access/": set(demo.STAFF) - {"administrator"},
    "/search/?q=aarhus": set(demo.STAFF) - {"administrator"},
    "/documents/{document}/": set(demo.STAFF) - {"administrator"},
    "/roles/": set(demo.STAFF),
    "/help/": set(demo.STAFF),
    "/help/authorisation.svg": set(demo.STAFF),
}  # fmt: skip


def everything():
    """Row counts of every table: what a GET must leave alone."""
    counts = {m._meta.db_table: m.objects.count() for m in apps.get_models() if m._meta.managed}
    counts.pop("django_session", None)
    counts.pop("core_file", None)
    counts.pop("core_rendering", None)
    return counts


def drain(answer):
    """Read the answer and close its files, without the end-of-request closing the database."""
    _body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    for close in answer._resource_closers:
        close()


@pytest.fixture
def places(case_in):
    case = case_in("under_evaluation")
    return {
        "case": case.number, "institution": case.institution_id,
        "document": case.documents.filter(kind="application").get().number,
    }  # fmt: skip


def test_url_by_role(client, staff, places):
    before = everything()
    for path, allowed in PAGES.items():
        for username, user in staff.items():
            client.force_login(user)
            answer = client.get(path.format(**places))
            drain(answer)
            expected = 200 if username in allowed else 403
            assert answer.status_code == expected, (path, username, answer.status_code)
    assert everything() == before


def test_logged_out_leads_to_sign_in(client, places):
    for path in PAGES:
        answer = client.get(path.format(**places))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/")


def test_every_route_is_in_the_table():
    """A new route without a row here fails: nobody forgets to say who may open it."""
    own = [p for p in get_resolver().url_patterns if "admin" not in str(p.pattern)]
    names = {p.name for q in own for p in getattr(q, "url_patterns", [q]) if p.name}
    known = {"my-work", "authorisations", "register-application", "authorisation",
             "authorisation-diagram", "authorisation-preview", "receipt-preview",
             "authorisation-verb", "institutions", "institution",
             "pending", "pending-file", "staff", "staff-member", "staff-verb", "open-account",
             "open-record", "access-register", "projects", "project", "project-people", "registers",
             "researchers", "researcher", "access-sheet",
             "register-proposal", "register-proposal-of",
             "search", "document", "roles", "help", "diagram", "mailbox", "set_language",
             "healthy", "sign_in", "sign_out",
             "apply", "apply-page", "apply-form", "apply-nothing"}  # fmt: skip
    small = {p.slug.replace("_", "-") for p in processes.everything() if p.opens_on}
    ends = ("", "-open", "-home", "-diagram", "-verb")
    assert names == known | {slug + end for slug in small for end in ends}


def test_verb_pages_by_role(client, staff, case_in):
    """Each verb's page opens for its roles only, whether it can be done now or not."""
    case = case_in("under_evaluation")
    by_role = {role: name for name, (_n, role) in demo.STAFF.items()}
    for move in case.machine.moves:
        if "" in move.sources or move.unlisted:
            continue
        for role, username in by_role.items():
            client.force_login(staff[username])
            status = client.get(f"/authorisations/{case.number}/{move.verb}/").status_code
            assert status == (200 if role in move.roles else 403), (move.verb, role)


def test_unknown_things_are_not_found(client, staff):
    client.force_login(staff["secretary"])
    for path in ("/authorisations/2026-999999/", "/institutions/999999999999999999999/",
                 "/institutions/0/", "/documents/D99-1/", "/help/nothing.svg",
                 "/authorisations/x/start_evaluation/", "/nothing/"):  # fmt: skip
        assert client.get(path).status_code == 404, path


def post(client, case, verb, **typed):
    typed = {"key": str(uuid.uuid4()), "seen": case.revision} | typed
    return client.post(f"/authorisations/{case.number}/{verb}/", typed)


def test_double_click_has_one_effect(client, staff, case_in):
    case = case_in("received")
    client.force_login(staff["responsible"])
    key = str(uuid.uuid4())
    first = post(client, case, "start_evaluation", key=key)
    second = post(client, case, "start_evaluation", key=key)
    assert (first.status_code, second.status_code) == (303, 303)
    assert case.events.filter(verb="start_evaluation").count() == 1
    page = client.get(second.headers["Location"]).content.decode()
    assert "udført" in page.lower() or "done already" in page.lower() or "allerede" in page.lower()


def test_stale_page_is_told_what_changed(client, staff, case_in):
    case = case_in("under_evaluation")
    client.force_login(staff["secretary"])
    post(client, case, "withdraw", reason="De ringede.")
    client.force_login(staff["responsible"])
    answer = post(client, case, "ask", question_1="Hvor mange?", due_on="24-12-2030")
    assert answer.status_code == 409
    assert "Bente Lauridsen" in answer.content.decode()
    assert selectors.load(case.number).state == "withdrawn"


def test_note_does_not_make_a_page_stale(client, staff, case_in):
    case = case_in("received")
    client.force_login(staff["secretary"])
    assert post(client, case, "note", reason="Ringede.").status_code == 303
    client.force_login(staff["responsible"])
    assert post(client, case, "start_evaluation").status_code == 303


def test_wrong_role_posts_are_forbidden(client, staff, case_in):
    case = case_in("submitted")
    for username in ("secretary", "responsible", "administrator", "auditor", "dst-secretary"):
        client.force_login(staff[username])
        assert post(client, case, "approve").status_code == 403
    assert selectors.load(case.number).state == "submitted"


def test_all_refusals_at_once_and_input_kept(client, staff, case_in):
    case = case_in("under_evaluation")
    client.force_login(staff["responsible"])
    answer = post(client, case, "recommend", enterprise_right="full", text="",
                  reservations="Et forbehold.")  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Et forbehold." in page
    assert len(re.findall(r"<li[^>]*>", page)) >= 2


def test_ended_role_and_ended_account_are_refused_at_once(client, staff, case_in):
    case = case_in("received")
    user = staff["responsible"]
    client.force_login(user)
    user.ended_at = case.opened_at
    user.save()
    answer = post(client, case, "start_evaluation")
    assert answer.status_code == 302
    assert selectors.load(case.number).state == "received"


def test_form_damage_is_a_sentence_not_a_trace(client, staff, case_in):
    case = case_in("received")
    client.force_login(staff["responsible"])
    for key, seen in (("x", "1"), (str(uuid.uuid4()), "x"), ("", ""), ("\x00", "1"),
                      (str(uuid.uuid4()), str(2**63))):  # fmt: skip
        status = post(client, case, "start_evaluation", key=key, seen=seen).status_code
        assert status in (400, 422)
    assert selectors.load(case.number).state == "received"


def test_headers_on_every_answer(client, staff, places):
    client.force_login(staff["secretary"])
    for path in (*PAGES, "/nothing/", "/admin/", "/admin/institutions/authorisationcase/"):
        answer = client.get(path.format(**places))
        drain(answer)
        headers = answer.headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy.split("script-src")[-1] or "sandbox" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in headers["Cache-Control"]


def test_auditor_reads_and_decides_nothing(case_in):
    case = case_in("received")
    assert all(roles.AUDITOR not in move.roles for move in case.machine.moves)
    assert all(roles.ADMINISTRATOR not in move.roles for move in case.machine.moves)


def test_a_database_that_does_not_answer_gives_a_clear_page(client, staff, monkeypatch):
    def away():
        raise OperationalError("the connection is closed")

    client.force_login(staff["secretary"])
    monkeypatch.setattr("fsesys.core.clock.read", away)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "Traceback" not in answer.content.decode()


def test_search_finds_name_number_cvr_case_and_person(client, staff, case_in):
    case = case_in("authorised")
    institution = case.institution
    client.force_login(staff["secretary"])
    words = (case.number, institution.cvr, str(institution.authorisation_number), case.head.name,
             institution.name_da, institution.name_da.split()[-1][:5].upper())  # fmt: skip
    for text in words:
        page = client.get("/search/", {"q": text})
        assert page.status_code == 200
        assert f"/institutions/{institution.pk}/" in page.content.decode() or (
            case.number in page.content.decode()
        ), text
    for text in ("", "%", "_", "\\", "'--", ":* & |", "x" * 10_000, "(((", "!"):
        assert client.get("/search/", {"q": text}).status_code == 200


def test_an_institution_leads_to_its_people_projects_and_accesses(client, staff, case_in):
    case = case_in("authorised")
    client.force_login(staff["secretary"])
    page = client.get(f"/institutions/{case.institution_id}/")
    for _label, url in page.context["page"]["elsewhere"]:
        assert client.get(url).status_code == 200, url
        assert escape(url) in page.content.decode()
    early = client.get(f"/institutions/{case_in('received').institution_id}/")
    assert early.context["page"]["elsewhere"] == []
    assert "Ingen har en rolle ved institutionen." in early.content.decode()


def test_a_refused_page_is_told_in_a_line_and_a_broken_one_with_its_trace():
    fault = (ValueError, ValueError("x"), None)
    for level, kept in ((logging.WARNING, None), (logging.ERROR, fault)):
        record = logging.LogRecord("django.request", level, "", 1, "Forbidden", None, fault)
        assert in_a_line(record) and record.exc_info == kept


def test_search_shows_records_before_their_cases(case_in):
    case = case_in("authorised")
    urls = [hit["url"] for hit in search.find(case.institution.name_da)]
    assert urls.index(f"/institutions/{case.institution.pk}/") < urls.index(
        f"/authorisations/{case.number}/"
    )
