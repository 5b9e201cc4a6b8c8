"""Results of the test: singly, in bulk, how long they count, and the reminders."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fsesys.core import clock, correcting, importing, undoing
from fsesys.core.documents import Document, Notice
from fsesys.core.people import Person
from fsesys.core.refusal import AlreadyDone, NotYours, Refused
from projects import access
from researchers import jobs
from researchers.certification import actions
from researchers.certification.importing import RESULTS
from researchers.certification.models import CertificationCase
from researchers.records import CertificationPass, Researcher
from researchers.standing import until
from tests.accesses import opened
from tests.dated import START

pytestmark = pytest.mark.django_db
TODAY = START.date()


@pytest.fixture
def office(staff):
    with opened(staff) as office:
        yield office


def one(office, n=0):
    return Researcher.objects.select_related("person").get(person=office.people[n])


def registered(office, n=0, correct=10, on=TODAY, **door):
    return actions.register_result(
        one(office, n), by=office.staff["secretary"], taken_on=on, correct=correct, **door
    )


def refused(call, *args, **typed):
    with pytest.raises(Refused) as error:
        call(*args, **typed)
    return error.value.refusals


def test_all_right_certifies_and_anything_less_is_kept(office):
    assert registered(office, correct=9).to_state == "failed"
    assert CertificationPass.objects.filter(passed_on=TODAY).count() == 0
    event = registered(office, rules_version="2026-1")
    assert event.to_state == "passed"
    fact = CertificationPass.objects.get(passed_on=TODAY)
    assert (fact.from_at, fact.to_at) == (clock.midnight(TODAY), None)
    assert fact.rules_version == "2026-1" and fact.case_id == event.case.pk
    undoing_of_a_letterless_step = pytest.raises(Refused)
    with undoing_of_a_letterless_step:  # letters leave at once in tests: too late to undo
        undoing.undo(event.case, by=office.staff["secretary"])


def test_what_is_refused(office):
    tomorrow = TODAY + dt.timedelta(days=1)
    assert refused(registered, office, on=tomorrow) == [
        "The test can not have been taken after today."
    ]
    assert refused(registered, office, correct=11) == [
        "The test has 10 questions: give 0 to 10 right answers."
    ]
    for correct in (3, 5, 7):
        registered(office, correct=correct)
    assert refused(registered, office) == [
        "3 tries on 5 January 2026 are on record; more than 3 a day are not allowed."
    ]
    assert registered(office, on=TODAY - dt.timedelta(days=1)).to_state == "passed"
    assert "A pass on 4 January 2026 is on record already." in refused(
        registered, office, on=TODAY - dt.timedelta(days=1)
    )
    with pytest.raises(NotYours):
        actions.register_result(one(office), by=office.staff["officer"], taken_on=TODAY, correct=10)


def test_nobody_took_a_test_or_a_training_as_a_child(office):
    too_early = ["The person can not have done this before 2000, at the age of 15. Look at the day"
                 " once more."]  # fmt: skip
    Researcher.objects.filter(person=office.people[0]).update(birth_year=1985)
    assert refused(registered, office, on=dt.date(1999, 12, 31)) == too_early
    paper = ("course.pdf", "application/pdf", b"%PDF-1.4 course")
    assert too_early == refused(
        actions.file_training, one(office), by=office.staff["secretary"], upload=paper,
        taken_on=dt.date(1985, 1, 1), title="ONS course",
    )  # fmt: skip
    _kept, checked = uploaded(f"{HEAD}ABC;31-12-1999;10;1\n", office.staff["secretary"])
    assert [row.problems[0][1] for row in checked.bad] == too_early
    year_unknown = refused(registered, office, 1, on=dt.date(1900, 1, 1))
    assert "before 1915" in year_unknown[0]
    event = registered(office, on=dt.date(2000, 1, 1))
    assert refused(
        correcting.correct, event.case, by=office.staff["secretary"], what="taken_on",
        value=dt.date(1999, 12, 31), reason="Misread",
    ) == too_early  # fmt: skip


def test_tries_are_those_of_the_human_being(office):
    office.alias(1, 0)
    for correct in (3, 5):
        registered(office, correct=correct)
    registered(office, 1, correct=7)
    assert "more than 3 a day" in refused(registered, office, 1)[0]


def test_a_closed_ident_gets_no_results(office):
    Researcher.objects.filter(ident="ABD").update(ident_closed_at=START)
    assert refused(registered, office, 1) == [
        "The ident ABD is closed. Go on with the first record of this person."
    ]
    assert registered(office, 0).to_state == "passed"


@pytest.mark.parametrize("passed, last", [
    ("2024-02-29", "2025-02-28"), ("2025-03-03", "2026-03-03"), ("2025-12-31", "2026-12-31"),
    ("2024-01-31", "2025-01-31"), ("2023-02-28", "2024-02-28"),
])  # fmt: skip
def test_the_last_day_is_the_same_in_words_and_in_the_rule(office, passed, last):
    passed, last = dt.date.fromisoformat(passed), dt.date.fromisoformat(last)
    assert until(passed, 12) == last
    for fact in [f for f in office.office.facts if f.kind == "pass" and f.of["person"] == 0]:
        office.retract(fact)
    registered(office, on=passed) if passed <= TODAY else office.add(
        "pass", clock.midnight(passed), person=0, on=passed
    )
    agreement = office.agreements[0]
    (found,) = access.supposed([(office.people[0], office.projects[0], agreement)], START)
    assert (clock.midnight(passed), clock.after(last)) in found.held["certified"]


def test_training_from_others_is_filed_and_certifies_nobody(office, tmp_path):
    paper = ("course.pdf", "application/pdf", b"%PDF-1.4 course")
    event = actions.file_training(
        one(office), by=office.staff["secretary"], taken_on=TODAY, title="ONS course",
        upload=paper,
    )  # fmt: skip
    told = refused(actions.file_training, one(office), by=office.staff["secretary"], upload=paper,
                   taken_on=TODAY + dt.timedelta(days=1), title="ONS course")  # fmt: skip
    assert told == ["The training can not have taken place after today."]
    assert event.to_state == "filed"
    assert Document.objects.get(case=event.case).title == "ONS course"
    assert not CertificationPass.objects.filter(passed_on=TODAY).exists()


def test_reminders_once_each_whichever_days_were_missed(office):
    Person.objects.filter(pk=office.people[0]).update(mail="abc@uni.example")
    registered(office)
    last = until(TODAY, 12)

    def run(days_before):
        with clock.moved(clock.midnight(last - dt.timedelta(days=days_before))):
            before = Notice.objects.count()
            jobs.remind_due()
            return Notice.objects.count() - before

    assert run(31) == 0
    assert run(30) == 1
    assert run(29) == 0
    assert run(3) == 1  # the seventh day was missed
    assert run(2) == 0
    letter = Document.objects.filter(template="certification_reminder").last()
    assert letter.context["valid_until"] == "5. januar 2027"


def test_nobody_is_reminded_who_renewed_or_left(office):
    for n in range(3):
        registered(office, n, on=TODAY - dt.timedelta(days=1))
    registered(office, 0)
    gone = next(f for f in office.office.facts if f.kind == "association" and f.of["person"] == 1)
    office.at += dt.timedelta(days=1)
    office.end(gone, office.at)
    with clock.moved(clock.midnight(until(TODAY, 12)) - dt.timedelta(days=20)):
        jobs.remind_due()
    told = Document.objects.filter(template="certification_reminder")
    assert sorted(told.values_list("case__certificationcase__person", flat=True)) == sorted(
        [office.people[0], office.people[2]]
    )


HEAD = "ident;taken_on;correct;rules_version\n"


def uploaded(text, by):
    kept = importing.upload(RESULTS, ("results.csv", "text/csv", text.encode()), by=by)
    checked = importing.again(RESULTS, kept, by, clock.now())
    return kept, checked


def brought(text, by, **confirm):
    kept, checked = uploaded(text, by)
    return importing.bring(
        RESULTS, kept.key, by=by, reason="From the portal", sha256=kept.file.sha256,
        seen=checked.seen, **confirm,
    )  # fmt: skip


def test_results_in_bulk_with_every_wrong_row_in_words(office):
    secretary = office.staff["secretary"]
    Researcher.objects.filter(ident="ABE").update(ident_closed_at=START)
    text = HEAD + (
        "ABC;05-01-2026;10;1\nabd;04-01-2026;4;1\nABD;04-01-2026;5;1\nABD;04-01-2026;6;1\n"
        "ABD;04-01-2026;10;1\nQQQ;05-01-2026;10;\nABE;05-01-2026;10;\nABC;06-01-2026;10;\n"
        "ABC;04-01-2026;11;\nABC;05-01-2026;10;1\nABC;xx;10;\nABD;03-01-2026;-1;\n"
        "ABD;03-01-2026;0;\n"
    )
    _kept, checked = uploaded(text, secretary)
    told = {row.number: row.problems[0][1] for row in checked.bad}
    assert told == {
        6: "3 tries on 4 January 2026 are on record; more than 3 a day are not allowed.",
        7: "There is no ident “QQQ”.", 8: "The ident ABE is closed.",
        9: "The test can not have been taken after today.",
        10: "The test has 10 questions: give 0 to 10 right answers.",
        11: "A pass on this day stands in row 2 too.", 12: told[12],
        13: "“-1” is not a whole number from 0 on.",
    }  # fmt: skip
    batch = brought(text, secretary, valid_only=True)
    assert (batch.rows, batch.left_out) == (5, 8)
    assert CertificationPass.objects.filter(passed_on=TODAY).count() == 1
    assert CertificationCase.objects.filter(state="failed").count() == 4


def test_the_same_file_again_changes_nothing(office):
    secretary = office.staff["secretary"]
    text = HEAD + "ABC;05-01-2026;10;1\nABD;05-01-2026;4;1\nABD;05-01-2026;4;1\n"
    kept, checked = uploaded(text, secretary)
    confirm = {"by": secretary, "reason": "Portal", "sha256": kept.file.sha256,
               "seen": checked.seen}  # fmt: skip
    importing.bring(RESULTS, kept.key, **confirm)
    with pytest.raises(AlreadyDone):
        importing.bring(RESULTS, kept.key, **confirm)
    _kept, checked = uploaded(text, secretary)
    assert [row.problems[0][1] for row in checked.bad] == 3 * ["This result is on record already."]
    assert CertificationCase.objects.count() == 3


def test_the_portals_file_is_brought_in_on_its_pages(office, client):
    home = "/admin/researchers/certificationcase/"
    client.force_login(office.staff["officer"])
    assert client.get(f"{home}import/").status_code == 403
    client.force_login(office.staff["secretary"])
    text = f"{HEAD}ABC;05-01-2026;10;1\nQQQ;05-01-2026;10;1\nABD;05-01-2026;3;010203-1234\n"
    upload = SimpleUploadedFile("portal.csv", text.encode())
    sent = client.post(f"{home}import/", {"upload": upload})
    page = client.get(sent["Location"])
    assert (page.context["good"], len(page.context["bad"])) == (1, 2)
    shown = page.content.decode()
    assert "There is no ident “QQQ”." in shown and "CPR number" in shown
    assert not CertificationCase.objects.exists()
    typed = page.context["form"].initial | {"reason": "From the portal", "valid_only": "on"}
    assert client.post(sent["Location"], typed | {"reason": "010203-1234"}).status_code == 422
    assert client.post(sent["Location"], typed).status_code == 303
    assert CertificationCase.objects.get().state == "passed"
    assert client.post(sent["Location"], typed).status_code == 303  # once more: nothing new
    assert CertificationCase.objects.count() == 1


def test_a_result_is_registered_on_its_page(office, client):
    client.force_login(office.staff["secretary"])
    url = f"/researchers/{one(office).pk}/certification/register_result/"
    key = client.get(url).context["form"].initial["key"]
    typed = {"taken_on": "05-01-2026", "correct": "10", "key": key, "seen": 0}
    assert client.post(url, typed).status_code == 303
    case = CertificationCase.objects.get()
    page = client.get(f"/researcher-cases/certification/{case.number}/").content.decode()
    assert "10 of 10" in page and "Test passed" in page
    typed |= {"correct": "ten", "key": "00000000-0000-4000-8000-00000000cccc"}
    assert client.post(url, typed).status_code == 422
