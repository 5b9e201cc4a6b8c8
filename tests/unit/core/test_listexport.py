"""Exports: exactly the rows and columns shown, and nothing a spreadsheet would run."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from fsesys.core import listexport
from fsesys.core.listparts import shown
from fsesys.core.lists import Column, Filter, Register

HOSTILE = ["=1+1", "+45 12", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", '=HYPERLINK("x","y")']
MOMENT = datetime.datetime(2026, 12, 24, 17, 30, 15, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 12, 24)


class Groups(Register):
    name = "groups"
    order = ("name",)
    columns = (
        Column("name", "Name", sort="name"),
        Column("size", "=Size", value=lambda row: len(row.name), kind="number"),
        Column("price", "Price", value=lambda row: Decimal("-12.50"), kind="amount"),
        Column("at", "At", value=lambda row: MOMENT, kind="moment"),
        Column("day", "Day", value=lambda row: DAY, kind="date"),
        Column("none", "None", value=lambda row: None),
    )
    filters = (Filter.of("name", "Name", "name", [("plain", "Plain")]),)


def export(kind, query=""):
    response = Groups(QueryDict(query), Group.objects.all()).export(kind)
    content = b"".join(response)
    response.close()
    return response, content


def fill(*names):
    Group.objects.bulk_create(Group(name=name) for name in names)


@pytest.mark.django_db
def test_csv_is_what_the_contract_says():
    fill("plain", "other, with “comma”")
    response, content = export("csv", "name=plain")
    assert (
        content
        == (
            "\ufeffName,'=Size,Price,At,Day,None\r\n"
            "plain,5,-12.50,2026-12-24 18:30:15+01:00,2026-12-24,\r\n"
        ).encode()
    )
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="groups.csv"'


@pytest.mark.django_db
def test_xlsx_keeps_numbers_and_days():
    fill("plain")
    response, content = export("xlsx")
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    local = datetime.datetime(2026, 12, 24, 18, 30, 15)
    midnight = datetime.datetime(2026, 12, 24)
    assert rows[0] == ("Name", "'=Size", "Price", "At", "Day", "None")
    assert rows[1][:5] == ("plain", 5, -12.5, local, midnight)
    assert response["Content-Disposition"] == 'attachment; filename="groups.xlsx"'


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_hostile_cells_are_text(kind):
    fill(*HOSTILE, "bell\x07")
    _response, content = export(kind)
    if kind == "csv":
        found = [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    else:
        sheet = load_workbook(io.BytesIO(content)).active
        assert {cell.data_type for cell in sheet["A"]} == {"s"}
        found = [cell.value for cell in sheet["A"]]
    texts = found[1:]
    assert len(texts) == len(HOSTILE) + 1
    assert not [text for text in texts if text.startswith(listexport.FORMULA)]
    assert "bell " in texts


@given(st.text())
def test_no_text_stays_a_formula(text):
    assert not str(listexport.plain(text)).startswith(listexport.FORMULA)
    assert not listexport.written(text).startswith(listexport.FORMULA)


@pytest.mark.django_db
def test_the_export_speaks_the_language_of_the_request():
    class Spoken(Groups):
        columns = (Column("word", "Word", value=lambda row: gettext_lazy("Yes")),)

    fill("plain")
    with translation.override("da"):
        response = Spoken(QueryDict(), Group.objects.all()).export("csv")
    with translation.override("en"):
        assert b"Ja" in b"".join(response)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [(None, "text", ""), (True, "text", "Yes"), (DAY, "date", "24 Dec 2026"),
     (MOMENT, "moment", "24 Dec 2026 18:30"), (1234567, "number", "1,234,567"),
     (Decimal("1234.5"), "amount", "DKK 1,234.50"), (12, "text", "12")],
)  # fmt: skip
def test_cells_read_as_people_write(value, kind, text):
    with translation.override("en"):
        assert shown(value, kind) == text
