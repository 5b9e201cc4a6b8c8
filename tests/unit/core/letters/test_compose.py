"""Every letter can be composed in both languages, and what others wrote stays text."""

import pytest
from django.utils.safestring import mark_safe

from fsesys.core.letters import compose as module
from fsesys.core.letters.compose import Incomplete, compose, template_version
from fsesys.core.letters.qr import qr_svg, qr_text
from tests.unit.core.letters.letter_facts import KINDS, TITLES, facts_of

EVIL = "<img src=file:///etc/passwd><link rel=attachment href=file:///etc/passwd>\"'{{ 7|add:7 }}"


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_in_both_languages(kind, language):
    html = compose(kind, facts_of(kind, language, paragraph="A paragraph of its own."), language)
    assert f'<html lang="{language}">' in html
    assert TITLES[kind][language == "en"] in html
    assert "A paragraph of its own." in html
    assert "A26-0042" in html and "D26-000123" in html and "<svg" in html


PAPERS = {"application_form", "case_file", "access_sheet", "paper"}  # each has tests of its own


def test_every_template_is_tested():
    kinds = {path.stem for path in (module.TEMPLATES / "documents").glob("*.html")} - {"layout"}
    assert kinds - PAPERS == set(KINDS)


def test_the_languages_are_not_mixed():
    for kind in KINDS:
        assert "Research Services" not in compose(kind, facts_of(kind, "da"), "da")
        english = compose(kind, facts_of(kind, "en"), "en")
        assert not {"Sagsnr.", "Venlig hilsen", "Underskrift", " og "} & set(english.split())


@pytest.mark.parametrize("evil", [EVIL, mark_safe(EVIL)])  # noqa: S308
def test_what_others_wrote_is_text_even_when_it_was_called_safe(evil):
    for kind in KINDS:
        changes = {"institution": evil, "reasons": evil, "paragraph": evil}
        html = compose(kind, facts_of(kind, **changes), "da")
        assert "<img" not in html and "<link" not in html
        assert "{{ 7|add:7 }}" in html or "&lt;img" not in html


@pytest.mark.parametrize("language", ["da", "en"])
def test_whoever_is_refused_or_lapses_is_told_how_to_complain(language):
    against = [kind for kind in KINDS if kind.endswith(("rejection", "lapse"))]
    for kind in (*against, "access_refused", "exemption_refused"):
        facts = facts_of(kind, language)
        assert facts["office"]["complaint"] in compose(kind, facts, language), kind


@pytest.mark.parametrize(("language", "words"), [
    ("da", ("autorisation nr. 131", "forvaltningslovens § 27", "straffelovens § 152", "hjemtagelse",
            "sanktionsregler")),
    ("en", ("authorisation no. 131", "section 27 of the Danish Public Administration Act",
            "sections 152", "rules on taking out results", "sanction rules")),
])  # fmt: skip
def test_the_agreement_on_association_says_what_who_signs_is_bound_to(language, words):
    html = compose("association_agreement", facts_of("association_agreement", language), language)
    assert all(one in html for one in (*words, "ARA")), [w for w in words if w not in html]
    new = facts_of("association_agreement", language, ident="")
    assert "Ident</th>" not in compose("association_agreement", new, language)


def test_the_project_agreement_says_everything_that_was_decided():
    kind = "project_agreement"
    html = compose(kind, facts_of(kind, "en"), "en")
    for words in ("700000 Life courses", "VIVE (authorisation no. 98)", "1980–2023",
                  "no years stated", "A full register is used", "Everybody may be a relative."):  # fmt: skip
        assert words in html, words
    plain = {"database": "", "members": [], "full_register": "no", "full_register_reason": ""}
    html = compose(kind, facts_of(kind, "da", **plain), "da")
    assert "Intet register bruges i sin helhed" in html
    assert "Øvrige institutioner" not in html and "Projektdatabase" not in html


def test_marks_that_turn_the_text_around_are_left_out():
    name = "A\u202eB\x00C\u200bD\ud800E\ue000"
    html = compose("receipt", facts_of("receipt", institution=name), "da")
    assert "<strong>ABCDE</strong>" in html


def test_a_letter_with_a_hole_is_not_composed():
    context = facts_of("welcome")
    del context["authorisation_number"], context["office"]["phone"]
    with pytest.raises(Incomplete) as caught:
        compose("welcome", context, "da")
    assert caught.value.names == ["authorisation_number", "office.phone"]


@pytest.mark.parametrize(("kind", "language"), [("../base", "da"), ("receipt", "sv"), ("", "en")])
def test_unknown_kinds_and_languages_are_refused(kind, language):
    with pytest.raises(ValueError, match="letter"):
        compose(kind, facts_of("receipt"), language)


def test_the_authorisation_number_is_not_in_the_agreement():
    context = facts_of("agreement", authorisation_number="98765")
    assert "98765" not in compose("agreement", context, "da")
    assert "98765" in compose("welcome", facts_of("welcome", authorisation_number="98765"), "da")


@pytest.mark.parametrize(
    ("right", "words"),
    [("full", "including those"), ("none", "<strong>not</strong>"), ("exemption", "unless"),
     ("other", "as agreed")],
)  # fmt: skip
def test_the_agreement_tells_the_enterprise_data_right(right, words):
    enterprise = {"right": right, "text": "as agreed"}
    assert words in compose("agreement", facts_of("agreement", "en", enterprise=enterprise), "en")


def test_the_version_follows_every_template_a_letter_is_built_on(tmp_path, monkeypatch):
    folder = tmp_path / "documents" / "parts"
    folder.mkdir(parents=True)
    (folder / "foot.html").write_text("foot")
    (folder.parent / "layout.html").write_text('{% include "documents/parts/foot.html" %}')
    (folder.parent / "note.html").write_text('{% extends "documents/layout.html" %}')
    monkeypatch.setattr(module, "TEMPLATES", tmp_path)
    first = template_version("note")
    assert first == template_version("note") and len(first) == 64
    (folder / "foot.html").write_text("another foot")
    assert template_version("note") != first


def test_the_code_names_the_document_and_its_title_is_escaped():
    assert qr_text("D26-000123") == "FSESYS:D26-000123"
    assert "<title>&lt;b&gt;</title>" in qr_svg("x", "<b>")
