"""The present register brought in: 29 real institutions, three of them wrong, in words."""

import csv
import datetime as dt
import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import Workbook

from fsesys.core import clock, importing
from fsesys.core.cases import Case, ImportBatch, ImportUpload, ProcessEvent
from fsesys.core.files import File
from fsesys.core.people import Person, User
from fsesys.core.refusal import AlreadyDone, NotYours, Refused, Stale
from fsesys.desk.demo import applications
from institutions.authorisation import selectors
from institutions.importing import INSTITUTIONS
from institutions.records import AuthorisationPeriod, Institution, RoleHolding

pytestmark = pytest.mark.django_db
HOME = "/admin/institutions/institution/"
WHY = "The register that FSE kept in a spreadsheet."
SINCE = dt.date(2015, 3, 1)


@pytest.fixture(autouse=True)
def english(staff):
    """Sentences are compared in English; the catalogue test sees to the Danish."""
    User.objects.update(language="en")
    with translation.override("en"):
        yield


def register() -> list:
    """The 29 shipped institutions as rows of the register: {column: text}."""
    rows = applications.rows()
    return [
        {
            "name_da": row["name_da"], "name_en": row["name_en"], "parent": row["parent_da"],
            "cvr": row["cvr"], "type": row["type"], "schemes": "researcher",
            "mail_domains": row["mail_domains"], "authorised_on": f"{SINCE:%d-%m-%Y}",
            "authorisation_number": str(100 + n), "responsible_name": f"Æble Østergård {n}",
            "responsible_mail": f"leder.{n}@{row['mail_domains'].split(';')[0]}",
        }
        for n, row in enumerate(rows)
    ]  # fmt: skip


def three_wrong() -> list:
    rows = register()
    rows[2]["cvr"] = "31119104"
    rows[6]["type"] = "wizard school"
    rows[10] |= {name: rows[9][name] for name in ("name_da", "cvr")}
    return rows


def as_csv(rows, encoding="utf-8-sig", **form) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), **({"delimiter": ";"} | form))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows, change=lambda book: None) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(list(rows[0]))
    for row in rows:
        day = dt.datetime.strptime(row["authorised_on"], "%d-%m-%Y")
        typed = {"cvr": int(row["cvr"]), "authorised_on": day}
        book.active.append([typed.get(name, text) for name, text in row.items()])
    change(book)
    book.save(out)
    return out.getvalue()


def check(content, staff, ending="csv", who="responsible"):
    return importing.check(INSTITUTIONS, content, ending, staff[who], clock.now())


def uploaded(content, staff, name="register.csv", who="responsible"):
    kept = importing.upload(INSTITUTIONS, (name, "text/csv", content), by=staff[who])
    checked = importing.again(INSTITUTIONS, kept, staff[who], clock.now())
    confirm = {"reason": WHY, "sha256": kept.file.sha256, "seen": checked.seen}
    return kept, confirm


def bring(content, staff, name="register.csv", who="responsible", **more):
    kept, confirm = uploaded(content, staff, name, who)
    return importing.bring(INSTITUTIONS, kept.key, by=staff[who], **(confirm | more))


def told(checked) -> dict:
    return {row.number: [sentence for _heading, sentence in row.problems] for row in checked.bad}


def nothing_stored():
    return not (Institution.objects.exists() or Case.objects.exists()
                or ImportBatch.objects.exists() or RoleHolding.objects.exists())  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_29_institutions_with_three_bad_rows_told_in_words(staff, kind):
    rows = three_wrong()
    content = as_csv(rows) if kind == "csv" else as_xlsx(rows)
    assert told(check(content, staff, kind)) == {
        4: ["This is not a valid CVR number: eight digits with a check digit."],
        8: ["“wizard school” is not known here. Write one of: public university, sector research"
            " institute, ministry or agency, region or municipality, hospital, foundation, interest"
            " organisation or think tank, consultancy, other company, educational institution,"
            " client of a consultancy."],
        12: ["The same institution stands in row 11."],
    }  # fmt: skip
    name = f"register.{kind}"
    with pytest.raises(Refused, match="3 rows are wrong; nothing was imported"):
        bring(content, staff, name)
    assert nothing_stored()
    batch = bring(content, staff, name, valid_only=True)
    assert (batch.rows, batch.left_out, Institution.objects.count()) == (26, 3, 26)
    assert batch.sha256 == hashlib.sha256(content).hexdigest() == batch.upload.file.sha256


@pytest.mark.parametrize("who", ["responsible", "head"])
def test_an_imported_institution_is_authorised_from_its_own_date(staff, who):
    rows = register()
    rows[0] |= {"authorised_on": "07-07-2019", "authorisation_number": ""}
    batch = bring(as_csv(rows), staff, who=who)
    institution = Institution.objects.get(name_da=rows[0]["name_da"])
    case = institution.authorisation_cases.get()
    assert (case.state, case.origin, case.closed_at) == ("authorised", "import", batch.at)
    event = case.events.get()
    assert (event.verb, event.by, event.role, event.reason) == (
        "import", staff[who].person, who, WHY)  # fmt: skip
    assert event.facts == {
        "batch": batch.pk, "row": 2, "authorised_on": "2019-07-07", "number": 129,
    }  # fmt: skip
    period, right, held = (getattr(institution, name).get() for name in
                           ("periods", "rights", "holdings"))  # fmt: skip
    midnight = clock.midnight(dt.date(2019, 7, 7))
    for fact in (period, right, held):
        assert (fact.from_at, fact.to_at, fact.event) == (midnight, None, event)
        assert fact.recorded_at == batch.at
    assert (held.role, held.person.name, held.person.mail) == (
        "responsible", "Æble Østergård 0", rows[0]["responsible_mail"])  # fmt: skip
    assert (right.right, period.case_id) == ("full", case.pk)
    assert institution.authorisation_number == 129, "the next after the highest of the file"
    assert institution.row_history.get().history_user == staff[who]
    numbers = set(Institution.objects.values_list("authorisation_number", flat=True))
    assert numbers == {*range(101, 129), 129}
    assert ProcessEvent.objects.filter(verb="import").count() == 29


def test_the_pages_of_an_imported_case_and_institution(client, staff):
    bring(as_csv(register()), staff)
    case = Case.objects.order_by("pk").first()
    client.force_login(staff["secretary"])
    page = client.get(f"/authorisations/{case.number}/")
    assert "Imported from an earlier register" in page.content.decode()
    assert WHY in page.content.decode()
    shown = client.get(f"/institutions/{Institution.objects.order_by('pk').first().pk}/")
    assert "Authorised since 1 March 2015" in shown.content.decode()


def test_what_was_imported_is_neither_undone_nor_done_again_by_hand(client, staff):
    bring(as_csv(register()), staff)
    case = selectors.load(Case.objects.order_by("pk").first().number)
    client.force_login(staff["responsible"])
    typed = {"key": "", "seen": case.revision, "reason": "x"}
    assert client.get(f"/authorisations/{case.number}/import/").status_code == 404
    assert client.post(f"/authorisations/{case.number}/import/", typed).status_code == 404
    typed["key"] = "6d1f0f4e-3a53-4f43-9a3c-0d3f2f2b8f11"
    answer = client.post(f"/authorisations/{case.number}/undo/", typed)
    assert answer.status_code == 409
    assert "There is nothing here to undo." in answer.content.decode()


@pytest.mark.parametrize("who", ["secretary", "chief", "dst-secretary", "officer", "auditor",
                                 "administrator"])  # fmt: skip
def test_nobody_else_imports_on_any_road(client, staff, who):
    content = as_csv(register())
    kept, confirm = uploaded(content, staff)
    with pytest.raises(NotYours):
        importing.upload(INSTITUTIONS, ("r.csv", "text/csv", content), by=staff[who])
    with pytest.raises(NotYours):
        importing.bring(INSTITUTIONS, kept.key, by=staff[who], **confirm)
    client.force_login(staff[who])
    for path in ("import/", f"import/{kept.key}/"):
        assert client.get(HOME + path).status_code in (302, 403)
        assert client.post(HOME + path, confirm).status_code in (302, 403)
    assert client.get(f"{HOME}import/template.csv").status_code in (302, 403)
    assert nothing_stored()


def test_a_second_click_is_told_that_it_is_done(staff):
    kept, confirm = uploaded(as_csv(register()), staff)
    batch = importing.bring(INSTITUTIONS, kept.key, by=staff["responsible"], **confirm)
    with pytest.raises(AlreadyDone) as done:
        importing.bring(INSTITUTIONS, kept.key, by=staff["head"], **confirm)
    assert done.value.event == batch
    with pytest.raises(Refused, match="29 rows are wrong"):
        bring(as_csv(register()), staff)
    with pytest.raises(Refused, match="No row of the file"):
        bring(as_csv(register()), staff, valid_only=True)
    assert (Institution.objects.count(), ImportBatch.objects.count()) == (29, 1)


def test_the_confirmation_holds_for_what_was_shown_only(staff):
    kept, confirm = uploaded(as_csv(register()), staff)
    bring(as_csv(register()[:1]), staff)
    with pytest.raises(Stale, match="Other rows are right or wrong"):
        importing.bring(INSTITUTIONS, kept.key, by=staff["responsible"], valid_only=True, **confirm)
    with pytest.raises(Refused, match="another file"):
        importing.bring(INSTITUTIONS, kept.key, by=staff["responsible"],
                        **confirm | {"sha256": "0" * 64})  # fmt: skip
    with pytest.raises(Refused, match="Write where the register comes from"):
        bring(as_csv(register()[1:]), staff, reason="  ")
    assert Institution.objects.count() == 1


def test_one_fact_that_fails_takes_all_with_it(staff, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError("in the middle")

    kept, confirm = uploaded(as_csv(register()), staff)
    monkeypatch.setattr(RoleHolding.objects, "bulk_create", fails)
    people = Person.objects.count()
    with pytest.raises(RuntimeError):
        importing.bring(INSTITUTIONS, kept.key, by=staff["responsible"], **confirm)
    assert nothing_stored() and not AuthorisationPeriod.objects.exists()
    assert Person.objects.count() == people


def test_the_statements_do_not_grow_with_the_rows(staff):
    spent = []
    for part in (register()[:4], register()[4:8], register()[8:18]):
        kept, confirm = uploaded(as_csv(part), staff)
        with CaptureQueriesContext(connection) as seen:
            importing.bring(INSTITUTIONS, kept.key, by=staff["responsible"], **confirm)
        spent.append(len(seen))
    assert max(spent) <= 50
    assert spent[2] <= spent[0]


def test_the_pages_from_file_to_register(client, staff):
    client.force_login(staff["head"])
    assert f"{HOME}import/" in client.get(HOME).content.decode()
    assert client.get(f"{HOME}import/").status_code == 200
    upload = SimpleUploadedFile("register.csv", as_csv(three_wrong()))
    sent = client.post(f"{HOME}import/", {"upload": upload})
    assert sent.status_code == 303
    page = client.get(sent["Location"])
    assert (page.context["good"], len(page.context["bad"])) == (26, 3)
    assert "wizard school" in page.content.decode()
    typed = page.context["form"].initial | {"reason": WHY}
    assert client.post(sent["Location"], typed | {"reason": ""}).status_code == 422
    refused = client.post(sent["Location"], typed)
    assert refused.status_code == 409 and nothing_stored()
    assert "3 rows are wrong" in refused.content.decode()
    done = client.post(sent["Location"], typed | {"valid_only": "on"})
    assert (done.status_code, done["Location"]) == (303, HOME)
    again = client.post(sent["Location"], typed | {"valid_only": "on"}, follow=True)
    assert "This was done already, by you" in again.content.decode()
    assert "This was done already" in client.get(sent["Location"], follow=True).content.decode()
    assert Institution.objects.count() == 26
    assert "register.csv" in client.get("/admin/core/importbatch/").content.decode()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_template_has_every_heading_in_either_language(client, staff, ending, language):
    staff["head"].language = language
    staff["head"].save()
    client.force_login(staff["head"])
    content = client.get(f"{HOME}import/template.{ending}").content
    upload = SimpleUploadedFile(f"template.{ending}", content)
    answer = client.post(f"{HOME}import/", {"upload": upload})
    assert answer.status_code == 422
    said = answer.context["form"].errors["upload"]
    assert len(said) == 1, "all headings fit; only the rows are missing"
    assert not ImportUpload.objects.exists() and not File.objects.exists()
    assert client.get(f"{HOME}import/template.exe").status_code == 404


def test_other_roles_come_in_where_their_columns_do(staff):
    rows = [row | {"substitutes": "", "signatories": ""} for row in register()[:2]]
    rows[0] |= {"substitutes": "Bo Birk, bo@au.dk; Ida Ibsen, IDA@au.dk",
                "signatories": "Bo Birk, bo@au.dk"}  # fmt: skip
    bring(as_csv(rows), staff)
    first = Institution.objects.get(authorisation_number=100)
    held = {(h.role, h.person.mail) for h in first.holdings.select_related("person")}
    assert held == {("responsible", rows[0]["responsible_mail"]), ("substitute", "bo@au.dk"),
                    ("substitute", "ida@au.dk"), ("signatory", "bo@au.dk")}  # fmt: skip
    assert Person.objects.filter(name="Bo Birk").count() == 1
    rows[1] |= {"name_da": "Another", "authorisation_number": "",
                "substitutes": f"A B, {rows[1]['responsible_mail']}; nobody"}  # fmt: skip
    said = told(check(as_csv(rows[1:]), staff))[2]
    assert said == [
        "“nobody” is not one person. Write each person as “name, mail”, on a line of their own"
        " or with a semicolon between."
    ]
    rows[1]["substitutes"] = "Anna Ask, anna@au.dk, Bo Birk, bo@au.dk"  # a comma between the two
    assert "is not one person" in told(check(as_csv(rows[1:]), staff))[2][0]
    rows[1]["substitutes"] = f"A B, {rows[1]['responsible_mail']}"
    assert told(check(as_csv(rows[1:]), staff))[2] == [
        "The responsible person can not be their own substitute."
    ]
    me = staff["responsible"].person
    rows[1]["substitutes"] = f"{me.name}, {me.mail}"
    assert told(check(as_csv(rows[1:]), staff))[2][0].startswith("You belong to this institution")


def test_a_number_leaves_room_for_the_next(staff):
    rows = register()[:1]
    rows[0]["authorisation_number"] = "2147483647"
    assert told(check(as_csv(rows), staff)) == {2: ["The highest authorisation number is 99999."]}
