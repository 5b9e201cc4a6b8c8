"""No CPR number in a text: what is one, what only looks like it, and where it is refused."""

import pytest
from django.urls import get_resolver
from django.utils import translation

from fsesys.core import cpr, forms, importpage, pendingpage

KEY = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("text", [
    "010203-1234", "0102031234", "010203 1234", "Her (290200-1111).", "CPR:3112990001",
    "EAN 5798000420526, CPR 311299-0001", "010203–1234", "010203\u00a01234", "010203\u20111234",
    "０１０２０３１２３４", "see 010203-1234, 12 pages", "id010203-1234x",
])  # fmt: skip
def test_ten_digits_that_begin_with_a_day_are_a_cpr_number(text):
    assert cpr.holds_one(text)
    assert "CPR" in next(cpr.sentences("", text))


@pytest.mark.parametrize("text", [
    "310203-1234", "290201-1111", "000003-1234", "011303-1234",  # no such day
    "5790000123456", "5790102031234", "01020312345", "10102031234",  # longer
    "12345678", "2026-000107", "D26-000107", "D2026-000107-001", "010203", "010203-123",
    "+3101123456", "+45 12 34 56 78", "+4512345678", "4512345678",  # telephones
    "010203 and 1234", "010203--1234", "01-02-2003", "01-02-2003 1234", "", "ÆØÅ",
])  # fmt: skip
def test_other_numbers_pass(text):
    assert not cpr.holds_one(text)
    assert list(cpr.sentences(text)) == []


def test_texts_are_looked_for_in_lists_too_and_one_sentence_is_enough():
    assert len(list(cpr.sentences(["a", ("010203-1234",)], {"b": "010203-1234"}, None, 7))) == 1
    assert list(cpr.sentences(102031234, 1102031234, b"010203-1234", [], {})) == []


@pytest.mark.parametrize("form", [
    forms.ReasonForm, importpage.ConfirmForm, pendingpage.Answer,
])  # fmt: skip
def test_every_form_says_so_at_its_field(form):
    typed = {"key": KEY, "seen": 0, "sha256": 64 * "0"}
    with translation.override("en"):
        wrong = form(typed | {"reason": "Call 010203-1234."})
        assert not wrong.is_valid()
        assert "CPR number" in str(wrong.errors["reason"])
        assert form(typed | {"reason": "Call 12345678, EAN 5790102031234."}).is_valid()


def test_every_form_in_which_a_person_types_text_looks_for_one():
    """A question to a list is kept nowhere."""
    get_resolver().url_patterns  # noqa: B018  (every form is known once every page is)
    bare = [one for one in _below(forms.forms.Form) if not issubclass(one, forms.NoCpr)]
    assert {one.__name__ for one in bare if _texts(one)} <= {"QuestionForm"}
    assert len(list(_below(forms.NoCpr))) > 40


def _below(form):
    for one in form.__subclasses__():
        if one.__module__.startswith(("fsesys", "institutions", "researchers", "projects")):
            yield one
        yield from _below(one)


def _texts(form):
    return [field for field in form.base_fields.values()
            if type(field) is forms.forms.CharField and not field.widget.is_hidden]  # fmt: skip
