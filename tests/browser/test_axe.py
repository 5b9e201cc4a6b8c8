"""Axe finds nothing, nothing scrolls sideways, and the browser complains about nothing."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from fsesys.desk.demo import staff as demo
from institutions.authorisation import actions, selectors
from institutions.authorisation.forms import FORMS
from institutions.authorisation.machine import MACHINE
from tests.integration.test_import import as_csv, three_wrong

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
FINDINGS = f"""async () => (await axe.run({json.dumps(RULES)})).violations.flatMap(
    v => v.nodes.map(n => `${{v.id}} ${{n.target.join(' ')}}: ${{n.any.concat(n.all, n.none)
        .map(c => c.message).join('; ')}}`))"""
NARROW_RULES = RULES | {
    "runOnly": {
        "type": "rule",
        "values": [
            "target-size",
            "scrollable-region-focusable",
            "nested-interactive",
            "aria-hidden-focus",
        ],
    }
}
AT_400 = FINDINGS.replace(json.dumps(RULES), json.dumps(NARROW_RULES))  # what the width may change
SIDEWAYS = """() => { const e = document.documentElement; return e.scrollWidth > e.clientWidth
    ? [`scrolls sideways: ${e.scrollWidth} in ${e.clientWidth}`] : [] }"""
BY_ROLE = {role: username for username, (_name, role) in reversed(demo.STAFF.items())}
NARROW = {"viewport": {"width": 400, "height": 800}}
FOR_ALL = ("/", "/authorisations/", "/authorisations/?open=yes&state=received", "/institutions/",
           "/institutions/?authorised=no&q=x", "/search/?q=institut", "/search/?q=zzz", "/roles/",
           "/help/")  # fmt: skip
ADMIN = "/admin/institutions/authorisationcase/"


class Look:
    """Opens pages and keeps what axe and the width say about them."""

    def __init__(self):
        self.found = {}

    def at(self, hands, path=None, status=200):
        if path:
            assert hands.open(path).status == status, path
        hands.page.evaluate(AXE_SCRIPT)
        narrow = hands.page.viewport_size["width"] <= 400
        found = hands.page.evaluate(AT_400 if narrow else FINDINGS)
        found += hands.page.evaluate(SIDEWAYS)
        if found:
            width = hands.page.viewport_size["width"]
            title = hands.page.title()
            self.found[f"{hands.page.url.partition('//')[2]} ({title}) at {width}"] = found


@pytest.fixture
def look():
    look = Look()
    yield look
    lines = [f"{page}\n    " + "\n    ".join(found) for page, found in look.found.items()]
    assert not lines, "\n".join(lines)


@pytest.fixture
def people(as_user):
    """people(username): their window; one for each person of a test."""
    windows = {}

    def of(username, **options):
        key = (username, bool(options))
        if key not in windows:
            windows[key] = as_user(username, **options)
        return windows[key]

    return of


def page_of(case, verb=""):
    return f"/authorisations/{case.number}/{verb}{'/' if verb else ''}"


def test_pages_of_the_office(look, people, window, case_in, watch):
    watch.expected(404, 403)
    stranger = window()
    look.at(stranger, "/sign-in/")
    stranger.sign_in("nobody")
    look.at(stranger)
    look.at(people("secretary"), "/")  # empty
    for state in ("received", "recommended", "authorised"):
        case = case_in(state)
    for path in (*FOR_ALL, f"/institutions/{case.institution_id}/", "/authorisations/register/"):
        look.at(people("secretary"), path)
        if "?" not in path:
            look.at(people("secretary", **NARROW), path)
    look.at(people("secretary"), "/nothing/", 404)
    look.at(people("auditor"), "/authorisations/register/", 403)
    register = people("secretary")
    watch.expected(422)
    register.open("/authorisations/register/")
    register.press()  # nothing typed: every error at once
    look.at(register)


def kinds_of_verb_pages():
    """{state: verbs}: of verbs whose pages have the same form and the same letters one each."""
    known, found = set(), {}
    for move in MACHINE.moves:
        kind = (FORMS.get(move.verb), move.danger, bool(move.letters))
        if "" in move.sources or move.unlisted or kind in known:
            continue
        known.add(kind)
        found.setdefault(MACHINE.sources(move)[0], []).append(move)
    return found


def kinds_of_case_pages():
    """Of the states that wait for the same people and look the same one each, and the last ones."""
    kinds = {(state.waits_for, state.kind): state.slug for state in reversed(MACHINE.states)}
    return {*kinds.values(), "awaiting_applicant", "submitted", "signed_by_both", "authorised"}


def test_case_pages_and_verb_pages_of_every_kind(look, people, case_in):
    verbs, pages = kinds_of_verb_pages(), kinds_of_case_pages()
    assert {FORMS[move.verb] for moves in verbs.values() for move in moves} == set(FORMS.values())
    for state in MACHINE.states:
        if state.slug not in pages | set(verbs):
            continue
        case = case_in(state.slug)
        username = BY_ROLE.get(state.waits_for, "secretary")
        if state.slug in pages:
            look.at(people(username), page_of(case))
        if state.slug in ("awaiting_applicant", "submitted", "authorised"):
            look.at(people(username, **NARROW), page_of(case))
        for move in verbs.get(state.slug, ()):
            username = BY_ROLE[move.roles[0]]
            look.at(people(username), page_of(case, move.verb))
            if move.verb in ("ask", "recommend", "register_our_signature", "reject"):
                look.at(people(username, **NARROW), page_of(case, move.verb))


def test_answers_to_a_wrong_or_late_button(look, people, staff, case_in, watch):
    watch.expected(422, 409)
    case = case_in("under_evaluation")
    hands = people("responsible")
    hands.open(page_of(case, "recommend"))
    hands.press()  # refused in several sentences
    look.at(hands)
    hands.open(page_of(case, "ask"))
    hands.press()  # not filled in
    look.at(hands)
    hands.type("question_1", "Hvor mange?")
    actions.withdraw(selectors.load(case.number), by=staff["secretary"], reason="De ringede.")
    hands.press()
    assert "Bente Lauridsen" in hands.text() and "Hvor mange?" in hands.text()
    look.at(hands)
    hands.page.set_viewport_size(NARROW["viewport"])
    look.at(hands)


def test_the_admin_of_the_chief(look, people, window, case_in, watch):
    look.at(window(), "/admin/login/")
    chief, narrow = people("chief"), people("chief", **NARROW)
    for state in ("submitted", "approved", "rejected"):
        case = case_in(state)
        for hands in (chief, narrow):
            look.at(hands, f"{ADMIN}{case.pk}/change/")
        if state == "submitted":
            for verb in ("approve", "return", "reject"):
                look.at(chief, f"{ADMIN}{case.pk}/{verb}/do/")
            look.at(narrow, f"{ADMIN}{case.pk}/reject/do/")
            watch.expected(422)
            chief.open(f"{ADMIN}{case.pk}/reject/do/")
            chief.press()  # no reason given
            look.at(chief)
    for hands in (chief, narrow):
        for path in ("/admin/", ADMIN, "/admin/institutions/institution/"):
            look.at(hands, path)


def test_the_import_of_a_register(look, people, watch, tmp_path):
    file = tmp_path / "register.csv"
    file.write_bytes(as_csv(three_wrong()))
    watch.expected(409)
    watch.expected(422)
    for hands in (people("head"), people("head", **NARROW)):
        look.at(hands, "/admin/institutions/institution/import/")
        hands.press()  # no file chosen
        look.at(hands)
        hands.attach("upload", ("register.csv", "text/csv", as_csv(three_wrong())))
        hands.press()
        look.at(hands)
        hands.page.locator("summary").first.click()
        hands.type("reason", "Regnearket.")
        hands.press()  # three rows are wrong
        look.at(hands)


def test_how_to_apply(look, window, watch):
    watch.expected(404)
    for stranger in (window(), window(**NARROW)):
        for path in ("/apply/da/", "/apply/en/"):
            look.at(stranger, path)
        look.at(stranger, "/apply/xx/", 404)
