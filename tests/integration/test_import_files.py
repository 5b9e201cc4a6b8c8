"""The worst files and the worst cells: each told in a sentence, and nothing stored."""

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from openpyxl.worksheet.formula import ArrayFormula

from fsesys.core import clock, importing, uploads, workbooks
from fsesys.core.cases import ImportUpload
from fsesys.core.files import File
from fsesys.core.refusal import Refused
from fsesys.core.unreadable import Unreadable
from institutions.importing import INSTITUTIONS
from institutions.records import Institution
from tests.integration.test_import import HOME, as_csv, as_xlsx, check, register, told, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def with_hidden(what):
    def hide(book):
        sheet = book.active
        if what == "sheet":
            book.create_sheet("more").sheet_state = "veryHidden"
        elif what == "row":
            sheet.row_dimensions[7].hidden = True
        elif what == "column":
            sheet.column_dimensions["C"].hidden = True
        elif what == "merged":
            sheet.merge_cells("A2:A3")
        elif what == "second":
            book.create_sheet("more")

    return as_xlsx(register(), hide)


def repacked(change) -> bytes:
    """The workbook with its parts changed: change(name, bytes) -> bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_xlsx(register()))) as old:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def in_sheet(old, new):
    return repacked(lambda name, part: part.replace(old, new) if "sheet1" in name else part)


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
STREWN = b'<row r="900000"><c r="A900000" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
TEXT = as_csv(register(), encoding="utf-8").decode()
WORST = {
    "nothing": (b"", "csv", "The file is empty"),
    "blank lines": (b"\n\n ;;\n", "csv", "no rows below the headings"),
    "headings only": (TEXT.splitlines()[0].encode(), "csv", "no rows below the headings"),
    "program": (b"MZ\x90\x00\x03\x00", "csv", "not a table in text form"),
    "control characters": (TEXT.replace("Institut", "Insti\x07tut").encode(), "csv",
                           "not a table in text form"),
    "picture": (b"\x89PNG\r\n\x1a\n\x01\x02", "csv", "not a table in text form"),
    "old Danish DOS": (TEXT.replace("–", "-").encode("cp850"), "csv", "letters cannot be read"),
    "old Mac": (TEXT.encode("mac_roman", "replace"), "csv", "letters cannot be read"),
    "encoded twice": (TEXT.encode().decode("cp1252").encode(), "csv",
                      "letters cannot be read"),
    "cut in a letter": (TEXT.encode()[:-40] + "ø".encode()[:1] + "ø".encode(), "csv",
                        "letters cannot be read"),
    "replaced letters": (TEXT.replace("ø", "\ufffd").encode(), "csv", "letters cannot be read"),
    "open quotation mark": ((TEXT + '"left open;').encode(), "csv", "quotation mark"),
    "enormous cell": ((TEXT + '"' + "x" * 200_000 + '"').encode(), "csv", "quotation mark"),
    "zip behind csv": (as_xlsx(register()), "csv", "not a table in text form"),
    "csv behind xlsx": (TEXT.encode(), "xlsx", "something else"),
    "damaged zip": (as_xlsx(register())[:-400], "xlsx", "something else"),
    "damaged part": (in_sheet(b"</sheetData>", b"</shee"), "xlsx", "damaged"),
    "no sheet": (repacked(lambda name, part: b"" if name == "xl/workbook.xml" else part), "xlsx",
                 "damaged"),
    "hidden sheet": (with_hidden("sheet"), "xlsx", "hidden sheet"),
    "hidden row": (with_hidden("row"), "xlsx", "Row 7 is hidden"),
    "hidden column": (with_hidden("column"), "xlsx", "A column is hidden"),
    "merged cells": (with_hidden("merged"), "xlsx", "The cells A2:A3 are merged"),
    "two million small texts": (in_sheet(b"</sheetData>", b"<row/>" * 2_000_000 + b"</sheetData>"),
                                "xlsx", "too large when unpacked"),
    "two sheets": (with_hidden("second"), "xlsx", "several sheets"),
    "entities": (repacked(lambda n, part: LAUGHS if "styles" in n else part), "xlsx",
                 "declarations that do not belong"),
    "far below": (in_sheet(b"</sheetData>", STREWN), "xlsx", "below row 20000"),
}  # fmt: skip


@pytest.mark.parametrize("name", WORST)
def test_the_worst_files_are_refused_in_a_sentence(client, staff, name):
    content, ending, words = WORST[name]
    staff["head"].language = "en"
    staff["head"].save()
    client.force_login(staff["head"])
    upload = SimpleUploadedFile(f"register.{ending}", content)
    answer = client.post(f"{HOME}import/", {"upload": upload})
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors["upload"])
    assert not (ImportUpload.objects.exists() or File.objects.exists())


def test_a_bomb_and_a_file_with_too_many_rows(staff, monkeypatch):
    bomb = repacked(lambda name, part: part + b" " * (workbooks.MOST_UNPACKED // 2))
    assert len(bomb) < 10**6
    with pytest.raises(Unreadable, match="too large when unpacked"):
        check(bomb, staff, "xlsx")
    monkeypatch.setattr(INSTITUTIONS, "most", 28, raising=False)
    with pytest.raises(Unreadable, match="more than 28 rows"):
        check(as_csv(register()), staff)


@pytest.mark.parametrize("ending", sorted({*uploads.TYPES, "exe", "xlsm", "ods"} - {"xlsx"}))
def test_other_kinds_of_files_are_not_taken(client, staff, ending):
    client.force_login(staff["head"])
    upload = SimpleUploadedFile(f"register.{ending}", as_csv(register()))
    assert client.post(f"{HOME}import/", {"upload": upload}).status_code == 422
    assert client.post(f"{HOME}import/", {}).status_code == 422
    assert not ImportUpload.objects.exists()


SANE = {
    "UTF-8": (as_csv(register(), "utf-8"), "csv"),
    "UTF-8 with mark": (as_csv(register()), "csv"),
    "UTF-16": (as_csv(register(), "utf-16"), "csv"),
    "Windows": (as_csv(register(), "cp1252", delimiter=","), "csv"),
    "tabs": (as_csv(register(), delimiter="\t"), "csv"),
    "bars, quoted": (as_csv(register(), delimiter="|", quoting=1), "csv"),
    "Excel's first line": (b"sep=,\r\n" + as_csv(register(), "utf-8", delimiter=","), "csv"),
    "old Mac lines": (as_csv(register(), lineterminator="\r"), "csv"),
    "blank lines before": (b"\r\n\r\n" + as_csv(register(), "utf-8"), "csv"),
    "XLSX": (as_xlsx(register()), "xlsx"),
}  # fmt: skip


@pytest.mark.parametrize("name", SANE)
def test_every_sane_file_says_the_same(staff, name):
    checked = check(*[SANE[name][0], staff, SANE[name][1]])
    assert told(checked) == {}
    assert [row["name_da"] for row in checked.rows] == [row["name_da"] for row in register()]
    assert checked.rows[3]["authorised_on"] == dt.date(2015, 3, 1)
    assert checked.rows[0]["cvr"] == "31119103"


def test_danish_english_and_own_headings_in_any_order(staff):
    for language in ("da", "en"):
        with translation.override(language):
            headings = {c.name: str(c.label).upper() for c in INSTITUTIONS.columns}
        rows = [{headings[k]: v for k, v in reversed(row.items())} for row in register()]
        assert told(check(as_csv(rows), staff)) == {}, language
    with translation.override("da"):
        kinds = [{**row, "type": "Offentligt universitet", "schemes": "Forskerordningen"}
                 for row in register()[:2]]  # fmt: skip
    assert not [p for row in check(as_csv(kinds), staff).bad for p in row.problems
                if p[0] == "Kind of institution"]  # fmt: skip


def test_wrong_headings_name_what_is_expected(staff):
    rows = [{"Navn": row["name_da"], "colour": "blue", **row} for row in register()]
    for row in rows:
        del row["cvr"]
    content = as_csv(rows).replace(b"name_en", b"name_da")
    with pytest.raises(Refused) as refused:
        check(content, staff)
    assert refused.value.refusals == [
        "These headings are not known: “Navn”, “colour”.",
        "These columns are missing: CVR number.",
        "These columns stand there twice: Name in Danish.",
        "The columns are: " + ", ".join(str(c.label) for c in INSTITUTIONS.columns)
        + ". The template has them all.",
    ]  # fmt: skip


TOMORROW = f"{clock.dt.date.today() + dt.timedelta(days=2):%d-%m-%Y}"
CELLS = {
    "name_da": {"": "This is missing.", "x" * 201: "longer than 200",
                "bad\x00name": None},
    "cvr": {"31119104": "not a valid CVR", "3111910": "not a valid CVR", "٣١١١٩١٠٣": "not a valid",
            "": "This is missing.", "=31119103": "not a valid CVR"},
    "type": {"university": "is not known here", "": "This is missing."},
    "schemes": {"researcher; wizards": "“wizards” is not known", ";": "This is missing."},
    "authorised_on": {"31-02-2020": "“31-02-2020” is not a date", TOMORROW: "lies after today",
                      "43586": "is not a date", "01-01-0001": "is not a date",
                      "": "This is missing."},
    "responsible_name": {"": "This is missing."},
    "responsible_mail": {"nobody": "“nobody” is not a mail address", "": "This is missing."},
    "mail_domains": {"au dk": "is not a mail domain", "": "This is missing."},
    "authorisation_number": {"7": "belongs to “Known”", "101": "stands in row 3 too",
                             "-1": "not a whole number", "1" * 400: "not a whole number",
                             "1,5": "not a whole number", "0": "not a whole number"},
    "price_group": {"private": "Write the reason for another price group"},
    "enterprise_right": {"none": "Write the reason for another right"},
    "review_on": {"01-01-2001": "must come after the authorisation"},
    "ean": {"5790000000000": "not a valid EAN"},
    "web": {"javascript:alert(1)": "is not a web address"},
    "language": {"klingon": "is not known here"},
}  # fmt: skip
FAULTS = [(name, text, words) for name, texts in CELLS.items() for text, words in texts.items()
          if words]  # fmt: skip


@pytest.mark.parametrize("name, text, words", FAULTS)
def test_the_worst_cells_are_told_with_row_and_heading(staff, name, text, words):
    Institution.objects.create(
        name_da="Known", cvr="10108330", type="ministry_agency", price_group="public",
        schemes=[], mail_domains=[], authorisation_number=7,
    )  # fmt: skip
    rows = [{c.name: "" for c in INSTITUTIONS.columns} | row for row in register()[:4]]
    rows[2][name] = text
    checked = check(as_csv(rows), staff)
    wrong = checked.bad[0]
    at = 4 if "row 3 too" in words else wrong.number
    assert [row.number for row in checked.bad] == [at] == [4]
    heading = str(INSTITUTIONS.column(name).label)
    if name in ("price_group", "enterprise_right"):
        heading = wrong.problems[0][0]
    assert any(h == heading and words in sentence for h, sentence in wrong.problems)
    assert told(checked)[4], "all sentences of the row stand there"


def test_all_sentences_of_a_row_at_once_and_cells_too_many(staff):
    rows = register()[:2]
    rows[1] |= {"cvr": "1", "type": "?", "responsible_mail": "", "authorised_on": "soon"}
    content = as_csv(rows).rstrip() + b";more;still\r\n"
    [wrong] = check(content, staff).bad
    assert [heading for heading, _sentence in wrong.problems] == [
        "", "CVR number", "Kind of institution", "Authorised since", "Mail of the responsible",
    ]  # fmt: skip


def test_a_double_of_a_record_however_it_is_written(staff):
    kept, confirm = uploaded(as_csv(register()[:3]), staff)
    importing.bring(INSTITUTIONS, kept.key, by=staff["head"], **confirm)
    rows = register()[:1]
    rows[0] |= {"name_da": "INSTITUT  FOR OEKONOMI", "authorisation_number": ""}
    assert told(check(as_csv(rows), staff)) == {
        2: ["The institution is on record already, with authorisation number 100."]
    }


def test_nobody_imports_themselves(staff):
    me = staff["responsible"].person
    me.mail = "Me@au.dk"
    me.save()
    rows = register()[:1]
    rows[0] |= {"responsible_name": me.name, "responsible_mail": "me@AU.dk"}
    assert told(check(as_csv(rows), staff)) == {
        2: ["You belong to this institution yourself; a colleague must do this."]
    }
    assert told(check(as_csv(rows), staff, who="head")) == {}


def test_formulas_are_text_and_never_calculated(staff):
    rows = register()[:3]
    formula = '=HYPERLINK("http://x","y")'
    rows[1]["address"] = formula
    for row in rows:
        row.setdefault("address", "")
    rows[2]["address"] = f"'{formula}"  # as our own exports write it
    for content, ending in ((as_csv(rows), "csv"), (as_xlsx(rows), "xlsx")):
        checked = check(content, staff, ending)
        assert told(checked) == {}
        assert [row["address"] for row in checked.rows] == ["", formula, formula]


def test_letters_that_are_no_text_in_a_workbook(staff):
    def ring(name, part):
        return part.replace(b"Sociologisk Institut", b"Sociologisk&#127;Institut")

    bad = told(check(repacked(ring), staff, "xlsx"))
    assert bad == {7: ["There are characters in it that are no text."]}


ERRORS = ("#N/A", "#I/T", "#REF!", "#REFERENCE!", "#NAVN?", "#VÆRDI!", "#DIV/0!", "Err:508")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_a_failed_formula_leaves_is_no_value(staff, kind):
    rows = [row | {"address": ""} for row in register()[: len(ERRORS)]]
    for row, error in zip(rows, ERRORS, strict=True):
        row["address" if error == "#REF!" else "name_en"] = error
    found = told(check(as_csv(rows) if kind == "csv" else as_xlsx(rows), staff, kind))
    assert found == {
        number: [f"“{error}” is a spreadsheet's error. Write the value itself."]
        for number, error in enumerate(ERRORS, start=2)
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_formula_is_no_name(staff, kind):
    rows = register()[:2]
    rows[0]["name_da"], rows[1]["responsible_name"] = '=CONCAT("a";"b")', "=A3"
    found = told(check(as_csv(rows) if kind == "csv" else as_xlsx(rows), staff, kind))
    assert found[2] == ['“=CONCAT("a";"b")” is a formula. Write the name itself.']
    assert found[3] == ["“=A3” is a formula. Write the name itself."]


def test_a_formula_over_several_cells_is_one_too(staff):
    content = as_xlsx(
        register()[:1], lambda book: setattr(book.active["A2"], "value", ArrayFormula("A2", "=B2"))
    )
    assert told(check(content, staff, "xlsx")) == {
        2: ["“=B2” is a formula. Write the name itself."]
    }


def test_a_sheet_that_is_a_chart_is_told_in_words(staff):
    content = as_xlsx(register()[:1], lambda book: book.create_chartsheet())
    with pytest.raises(Unreadable, match="a sheet that is a chart"):
        check(content, staff, "xlsx")
