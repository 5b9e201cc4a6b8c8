"""The Danish catalogue is complete, and the command that says so notices what it should."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from fsesys.core import processes, roles
from fsesys.desk import catalogue


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A catalogue of its own with two files to read, so that the real one stays as it is."""
    page = tmp_path / "templates" / "page.html"
    page.parent.mkdir()
    page.write_text(
        "{% load i18n %}\n    {% translate 'Open' %}\n  "
        "{% blocktranslate count n=n %}{{ n }} case{% plural %}{{ n }} cases{% endblocktranslate %}"
    )
    (tmp_path / "code.py").write_text(
        '_("Hello %(name)s")\npgettext("a date", "j M")\n_now("Late")'
    )
    paths = [page, tmp_path / "code.py"]
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    monkeypatch.setattr(catalogue, "sources", lambda: paths)
    monkeypatch.setattr(catalogue, "PO", tmp_path / "django.po")
    monkeypatch.setattr(catalogue, "MO", tmp_path / "django.mo")
    return tmp_path


def write(**changes):
    """The small catalogue, translated; `changes` replaces single Danish texts."""
    danish = {
        "Open": "Åbn", "Hello %(name)s": "Hej %(name)s", "j M": "j. M", "Late": "Sent",
        "%(n)s case": ("%(n)s sag", "%(n)s sager"),
    }  # fmt: skip
    words = catalogue.merged()
    for message in words:
        if message.id:
            first = message.id if isinstance(message.id, str) else message.id[0]
            message.string = changes.get(first.split()[0].lower(), danish[first])
    catalogue.PO.write_bytes(catalogue.as_po(words))
    catalogue.MO.write_bytes(catalogue.as_mo(words))
    return words


def test_the_catalogue_is_complete():
    call_command("catalogue", check=True)


def test_a_clean_clone_speaks_danish_in_every_state_verb_and_role():
    machines = [process.machine for process in processes.everything()]
    labels = [part.label for machine in machines for part in (*machine.states, *machine.moves)]
    labels += roles.LABELS.values()
    with translation.override("en"):
        english = [str(label) for label in labels]
    with translation.override("da"):
        same = {e for e, label in zip(english, labels, strict=True) if e == str(label)}
    assert same <= {"Send", "Administrator"}, "these words are the same in both languages"


def test_what_code_and_templates_ask_for_is_found(copy):
    found = {(m.id, m.context) for m in catalogue.found() if m.id}
    assert found == {
        ("Open", None), (("%(n)s case", "%(n)s cases"), None),
        ("Hello %(name)s", None), ("j M", "a date"), ("Late", None),
    }  # fmt: skip


def test_the_files_hold_no_date_and_are_the_same_again(copy):
    write()
    before = catalogue.PO.read_bytes(), catalogue.MO.read_bytes()
    assert b"Date" not in before[0] and b"Babel" not in before[0] + before[1]
    call_command("catalogue")
    assert (catalogue.PO.read_bytes(), catalogue.MO.read_bytes()) == before
    assert catalogue.faults() == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"open": ""}, "Missing: “Open”"),
        ({"hello": "Hej %(navn)s"}, "Other placeholders"),
        ({"hello": "Hej"}, "Other placeholders"),
        ({"%(n)s": ("%(n)s sag", "")}, "Missing: “%(n)s case”"),
    ],
)
def test_wrong_entries_are_named(copy, changes, sentence):
    write(**changes)
    assert sentence in catalogue.faults()[0]
    before = catalogue.PO.read_bytes()
    with pytest.raises(CommandError):
        call_command("catalogue", check=True)
    assert catalogue.PO.read_bytes() == before, "--check changes nothing"


def test_fuzzy_obsolete_and_old_files_are_named(copy):
    write()
    text = catalogue.PO.read_text()
    catalogue.PO.write_text(text + '\n#, fuzzy\nmsgid "Gone"\nmsgstr "Væk"\n')
    assert catalogue.faults() == ["Obsolete, nothing asks for it: “Gone”"]
    catalogue.PO.write_text(text.replace('msgid "Late"', '#, fuzzy\nmsgid "Late"'))
    assert "Fuzzy: “Late” (code.py)" in catalogue.faults()
    catalogue.PO.write_text(text.replace('"Sent"', '"Forsinket"'))
    assert catalogue.faults() == [
        "django.mo is not what django.po gives: run `manage.py catalogue`."
    ]
