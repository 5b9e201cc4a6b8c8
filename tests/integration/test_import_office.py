"""The present office brought in: people, projects and accesses, and what the rule says of them."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from fsesys.core import clock, importing, undoing
from fsesys.core.cases import ImportBatch, ImportUpload
from fsesys.core.people import Person, User
from fsesys.core.refusal import AlreadyDone, NotYours
from institutions.records import Institution
from projects import access, explaining
from projects.grant.importing import GRANTS
from projects.grant.models import GrantCase
from projects.proposal import actions as proposals
from projects.proposal.importing import PROJECTS
from projects.records import DataBasis, Grant, Project, ProjectPeriod
from projects.records import Register as DataRegister
from researchers.association.importing import ASSOCIATIONS
from researchers.association.models import AssociationCase
from researchers.records import Association, CertificationPass, Researcher
from tests import projects as made
from tests.office import at

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PEOPLE = {"institution": "", "name": "Rikke Rask", "mail": "rikke@uni.example", "type": "employee",
          "from_on": "01-03-2024", "last_on": "", "ident": "RRA", "answerable": ""}  # fmt: skip


@pytest.fixture
def office(walk_to):
    """An authorised institution, the day after."""
    walked = walk_to("authorised")
    User.objects.update(language="en")
    with at(walked.day + DAY), translation.override("en"):
        yield Institution.objects.get(pk=walked.case().institution_id)


def as_csv(rows) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def checked(importer, rows, staff):
    return importing.check(importer, as_csv(rows), "csv", staff["head"], clock.now())


def told(importer, rows, staff) -> list:
    """(row, column, sentence) of what is wrong."""
    found = checked(importer, rows, staff).bad
    return [(row.number, column, words) for row in found for column, words in row.problems]


def brought(importer, rows, staff, by="head", **typed) -> ImportBatch:
    content = as_csv(rows)
    kept = importing.upload(importer, ("office.csv", "text/csv", content), by=staff[by])
    preview = importing.again(importer, kept, staff[by], clock.now())
    return importing.bring(
        importer, kept.key, by=staff[by], reason="The office's spreadsheet.",
        sha256=hashlib.sha256(content).hexdigest(), seen=preview.seen, **typed,
    )  # fmt: skip


def people(institution) -> list:
    number = str(institution.authorisation_number)
    rows = [
        {}, {"name": "Gæst Gran", "mail": "gran@uni.example", "type": "guest", "ident": "",
             "answerable": "rikke@uni.example"},
        {"name": "Ole Olsen", "mail": "ole@uni.example", "ident": "oOL", "last_on": "31-12-2024"},
    ]  # fmt: skip
    return [PEOPLE | {"institution": number} | row for row in rows]


def project(institution, **changed) -> dict:
    return {"number": "705432", "title": "Fertility", "first_on": "01-01-2025",
            "owner": str(institution.authorisation_number), "last_on": "31-12-2031",
            "registers": "BEF; IDAN", "contact_name": "Rikke Rask",
            "contact_mail": "rikke@uni.example"} | changed  # fmt: skip


def grant(institution, **changed) -> dict:
    return {"project": "705432", "ident": "RRA", "from_on": "01-02-2025", "last_on": "",
            "institution": str(institution.authorisation_number)} | changed  # fmt: skip


def test_people_projects_and_accesses_come_in_and_the_rule_judges_them(office, staff, client):
    before = clock.now()
    DataRegister.objects.get_or_create(name="IDAN", defaults={"title_da": "x", "title_en": "x"})
    with clock.moved(before + dt.timedelta(hours=1)):
        batch = brought(ASSOCIATIONS, people(office), staff)
        assert batch.rows == 3
        states = AssociationCase.objects.order_by("pk").values_list("state", flat=True)
        assert sorted(states) == ["active", "active", "ended"]
        assert dict(Researcher.objects.values_list("person__name", "ident"))["Ole Olsen"] == "OOL"
        guest = AssociationCase.objects.get(type="guest")
        assert guest.answerable.mail == "rikke@uni.example" and guest.person.researcher.ident
        brought(PROJECTS, [project(office)], staff)
        known = Project.objects.get()
        assert known.legacy and known.contact.name == "Rikke Rask" and Person.objects.filter(
            mail="rikke@uni.example").count() == 1  # fmt: skip
        assert DataBasis.objects.filter(project=known).count() == 2
        preview = checked(GRANTS, [grant(office)], staff)
        words = dict((w["label"], w["value"]) for w in GRANTS.words(preview.rows[0]))
        words = words["What stands in the way today"]
        assert (
            "test is not passed" in words and "authorised now, but did not from 1 February" in words
        )
        brought(
            GRANTS,
            [
                grant(office, from_on=f"{clock.today():%d-%m-%Y}"),
                grant(office, ident="OOL", last_on="30-06-2025"),
            ],
            staff,
        )
        assert set(GrantCase.objects.values_list("state", flat=True)) == {"granted", "ended"}
        person = Person.objects.get(mail="rikke@uni.example")
        (one,) = access.register(clock.now(), person=person.pk)
        assert explaining.missing(one, clock.now())
        case = AssociationCase.objects.get(person=person)
        CertificationPass.objects.create(
            person=person, passed_on=clock.today(), case=case, from_at=clock.midnight(clock.today()),
            recorded_at=clock.now(), recorded_by=staff["head"].person,
        )  # fmt: skip
        (one,) = access.register(clock.now(), person=person.pk)
        assert one.at(clock.now()), explaining.missing(one, clock.now())
        assert not list(access.register(clock.now(), before, person=person.pk)), "as known before"
        pages(client, staff, known, person)


def pages(client, staff, known, person):
    client.force_login(staff["officer"])
    case = known.proposals.get()
    for path in (f"/projects/{known.pk}/", f"/researchers/{person.researcher.pk}/",
                 f"/project-cases/proposal/{case.number}/", "/access/?project=705432",
                 f"/projects/{known.pk}/people/", "/researchers/", "/projects/"):  # fmt: skip
        assert client.get(path).status_code == 200, path
    assert "Imported from an earlier register" in client.get(
        f"/project-cases/proposal/{case.number}/").content.decode()  # fmt: skip


def test_an_imported_project_gets_its_text_at_the_first_re_proposal(office, staff, quick_copies):
    brought(PROJECTS, [project(office, registers="", contact_name="", contact_mail="")], staff)
    known = Project.objects.get()
    assert made.proposed(office, staff).case.project.number == 705433
    case = made.in_force(made.reproposed(known, office, staff).case, staff).case
    known.refresh_from_db()
    assert not known.legacy and case.version == 2 and known.contact
    assert ProjectPeriod.objects.at(clock.now()).get(project=known).version == 2


def test_an_imported_project_is_called_as_it_was_when_the_first_signature_is_undone(
    office, staff, quick_copies, waiting
):  # fmt: skip
    brought(PROJECTS, [project(office, registers="")], staff)

    def called():
        known = Project.objects.get()
        return known.title, known.contact, known.legacy

    before = called()
    event = made.reproposed(Project.objects.get(), office, staff, title="Another")
    proposals.withdraw(event.case, by=staff["secretary"], reason="The owner said no.")
    event = made.reproposed(Project.objects.get(), office, staff, title="Another")
    case = made.in_force(event.case, staff).case
    assert called()[0] == "Another" and not called()[2]
    undoing.undo(case, by=staff["secretary"])
    assert called() == before


def test_an_imported_project_is_warned_of_like_any_other(office, staff):
    last = clock.today() + dt.timedelta(days=7)
    brought(PROJECTS, [project(office, registers="", last_on=f"{last:%d-%m-%Y}")], staff)
    case = Project.objects.get().proposals.get()
    event = proposals.warn_of_end(case, by=staff["officer"])
    assert event.documents.get().context["title"] == "Fertility"


WRONG = [
    (ASSOCIATIONS, {"institution": "999"}, "There is no authorisation number “999”."),
    (ASSOCIATIONS, {"from_on": "01-01-2099"}, "The day lies after today."),
    (ASSOCIATIONS, {"last_on": "01-01-2001"}, "The last day can not lie before the first."),
    (ASSOCIATIONS, {"ident": "R2"}, "“R2” is no ident: it has three or four letters."),
    (ASSOCIATIONS, {"type": "guest"}, "Name the employee who answers for a guest or a student."),
    (ASSOCIATIONS, {"answerable": "x@uni.example"}, "Only for guests and students does an employee"),
    (ASSOCIATIONS, {"type": "guest", "answerable": "x@uni.example"}, "Nobody with the mail"),
    (ASSOCIATIONS, {"type": "guest", "answerable": "rikke@uni.example"}, "Nobody answers for"),
    (ASSOCIATIONS, {"name": "Rikke 0101701234"}, "CPR"),
    (ASSOCIATIONS, {"mail": "no mail"}, "mail"),
    (PROJECTS, {"number": "12"}, "A project number has six digits."),
    (PROJECTS, {"owner": "999"}, "There is no authorisation number “999”."),
    (PROJECTS, {"last_on": "01-01-2001"}, "The last day can not lie before the first."),
    (PROJECTS, {"registers": "BEF; XXX"}, "These registers are not in the catalogue: XXX."),
    (PROJECTS, {"contact_mail": ""}, "Give name and mail of the contact person, or neither."),
    (GRANTS, {"project": "799999"}, "There is no project number “799999”."),
    (GRANTS, {"ident": "ZZZ"}, "There is no ident “ZZZ”."),
    (GRANTS, {"institution": "998"}, "The person was never associated with the institution 998."),
    (GRANTS, {"from_on": "01-01-2099"}, "The day lies after today."),
]  # fmt: skip


def test_each_wrong_row_is_told_in_words_and_nothing_is_left(office, staff):
    brought(ASSOCIATIONS, people(office)[:1], staff)
    brought(PROJECTS, [project(office, registers="")], staff)
    other = PEOPLE | {"institution": str(office.authorisation_number), "name": "Ny Nielsen",
                      "mail": "ny@uni.example", "ident": "NNI"}  # fmt: skip
    right = {ASSOCIATIONS.slug: other, PROJECTS.slug: project(office, number="705500", registers=""),
             GRANTS.slug: grant(office)}  # fmt: skip
    for importer, wrong, sentence in WRONG:
        row = right[importer.slug] | wrong
        if "answerable@" in str(wrong) or wrong.get("answerable") == "rikke@uni.example":
            row["mail"] = "rikke@uni.example"
            row["name"] = "Rikke Rask"
        found = told(importer, [row], staff)
        assert any(sentence in words for _n, _column, words in found), (wrong, found)
    assert Project.objects.count() == 1 and not Grant.objects.exists()
    assert not told(PROJECTS, [right["projects"]], staff)


def test_what_is_on_record_or_twice_in_the_file_is_refused(office, staff):
    brought(ASSOCIATIONS, people(office)[:1], staff)
    brought(PROJECTS, [project(office, registers="")], staff)
    brought(GRANTS, [grant(office)], staff)
    (row,) = people(office)[:1]
    again = told(ASSOCIATIONS, [row], staff)
    assert "on record there already" in again[0][2]
    assert "ident RRA, for ever" in told(ASSOCIATIONS, [row | {"ident": "RRB"}], staff)[0][2]
    new = row | {"name": "Ny Nielsen", "mail": "ny@uni.example"}
    assert "belongs to somebody else" in told(ASSOCIATIONS, [new], staff)[0][2]
    assert "The mail belongs to Rikke Rask" in told(
        ASSOCIATIONS, [row | {"name": "Another Name"}], staff)[0][2]  # fmt: skip
    assert "Somebody of this name is on record: Rikke Rask" in told(
        ASSOCIATIONS, [row | {"mail": "rr@uni.example", "ident": ""}], staff)[0][2]  # fmt: skip
    twice = [new | {"ident": ""}] * 2
    assert told(ASSOCIATIONS, twice, staff) == [(3, "Mail", "The same person stands in row 2.")]
    assert (
        "705432 is on record already"
        in told(PROJECTS, [project(office, registers="")], staff)[0][2]
    )
    assert "on record for these days already" in told(GRANTS, [grant(office)], staff)[0][2]


def test_two_periods_of_one_person_come_in_and_each_access_rests_on_its_own(office, staff):
    (now,) = people(office)[:1]
    then = now | {"from_on": "01-01-2020", "last_on": "31-12-2022"}
    brought(ASSOCIATIONS, [then, now], staff)
    assert "on record there for these days" in told(ASSOCIATIONS, [then], staff)[0][2]
    other = then | {"mail": "b@uni.example", "name": "Bo Bo", "ident": ""}
    within = other | {"from_on": "01-06-2021", "last_on": "31-12-2021"}
    assert "in row 2" in told(ASSOCIATIONS, [other, within], staff)[0][2]
    brought(PROJECTS, [project(office, registers="")], staff)
    rows = [grant(office, from_on="01-02-2021", last_on="31-12-2022"), grant(office),
            grant(office, from_on="01-01-2020", last_on="01-02-2020")]  # fmt: skip
    overlapping = [*rows, grant(office, from_on="01-01-2021", last_on="01-06-2021")]
    assert [n for n, _column, _words in told(GRANTS, overlapping, staff)] == [5]
    brought(GRANTS, rows, staff)
    first, second = Association.objects.order_by("from_at")
    assert Grant.objects.count() == 3
    for fact in Grant.objects.all():
        assert fact.agreement_id == (first if fact.to_at else second).agreement_id


def test_nobody_brings_in_what_is_of_their_own_institution(office, staff):
    brought(ASSOCIATIONS, people(office)[:1], staff)
    brought(PROJECTS, [project(office, registers="")], staff)
    colleague = dict(people(office)[0], name="Ny Nielsen", mail="ny@uni.example", ident="NNI")
    brought(ASSOCIATIONS, [colleague], staff)
    Person.objects.filter(mail="ny@uni.example").update(same_as=staff["head"].person)
    staff["head"].person.refresh_from_db()
    staff["head"].person.__dict__.pop("_human", None)  # asked once per request
    new = dict(colleague, name="Bo Bo", mail="bo@uni.example", ident="")
    for importer, row in ((ASSOCIATIONS, new), (GRANTS, grant(office)),
                          (PROJECTS, project(office, number="705500", registers=""))):  # fmt: skip
        words = [words for _n, _column, words in told(importer, [row], staff)]
        assert words == ["You belong to this institution yourself; a colleague must do this."]


def test_a_guest_whose_employee_does_not_come_in_stays_out(office, staff):
    rows = people(office)[:2]
    rows[0]["from_on"] = "01-01-2099"
    words = [sentence for _n, _column, sentence in told(ASSOCIATIONS, rows, staff)]
    assert words == ["The day lies after today.", "The row of who answers is wrong itself."]


def test_who_answers_is_an_employee_of_that_institution(office, staff):
    rows = people(office)[:2]
    rows[0]["type"] = "consultant"
    words = [sentence for _n, _column, sentence in told(ASSOCIATIONS, rows, staff)]
    assert words == ["rikke@uni.example is no employee of the institution, on record or in the"
                     " file."]  # fmt: skip
    brought(ASSOCIATIONS, people(office)[:1], staff)
    assert told(ASSOCIATIONS, [people(office)[1]], staff) == []  # on record she is one


def test_only_who_may_and_only_once(office, staff):
    with pytest.raises(NotYours):
        brought(ASSOCIATIONS, people(office), staff, by="officer")
    brought(ASSOCIATIONS, people(office), staff)
    kept = ImportUpload.objects.get()
    with pytest.raises(AlreadyDone):
        importing.bring(ASSOCIATIONS, kept.key, by=staff["head"], reason="x", sha256="x", seen="x")
    assert Association.objects.count() == 3


def test_in_the_admin(office, staff, client):
    client.force_login(staff["head"])
    for home, rows in (
        ("researchers/associationcase", people(office)),
        ("projects/project", [project(office, registers="")]),
        ("projects/grantcase", [grant(office)]),
    ):
        base = f"/admin/{home}/"
        assert client.get(base).status_code == 200
        assert client.get(f"{base}import/template.csv").status_code == 200
        file = SimpleUploadedFile("office.csv", as_csv(rows), "text/csv")
        answer = client.post(f"{base}import/", {"upload": file})
        assert answer.status_code in (302, 303), answer.content.decode()[-3000:]
        page = client.get(answer["Location"])
        assert page.status_code == 200
        form = page.context["form"]
        typed = {name: form[name].value() or "" for name in form.fields} | {"reason": "Ours."}
        answer = client.post(answer["Location"], typed)
        assert answer.status_code in (302, 303), answer.content.decode()[-3000:]
    assert Grant.objects.count() == 1
    garbage = SimpleUploadedFile("office.csv", b"\xff\xfe\x00;;", "text/csv")
    answer = client.post("/admin/projects/grantcase/import/", {"upload": garbage})
    assert answer.status_code in (200, 409, 422)
