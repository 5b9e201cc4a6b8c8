"""Bad files and bad dates: a clear sentence each, and nothing left behind."""

import datetime as dt
import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fsesys.core import jobs, uploads
from fsesys.core.documents import Document, Signature
from fsesys.core.files import File
from fsesys.core.letters import made_up
from fsesys.desk.demo import applications
from institutions.authorisation import selectors
from tests.unit.core.letters import bad_pdfs

pytestmark = pytest.mark.django_db
GOOD = applications.pdf("En side")[2]


def send(client, case, verb, content, name="aftale.pdf", **typed):
    upload = SimpleUploadedFile(name, content, "application/pdf")
    typed = {"key": str(uuid.uuid4()), "seen": case.revision, "upload": upload} | typed
    return client.post(f"/authorisations/{case.number}/{verb}/", typed)


def signing(client, case, content, signed_on=None, **typed):
    day = signed_on or applications.clock.today()
    typed = {"road": "scan", "signed_on": f"{day:%d-%m-%Y}"} | typed
    return send(client, case, "register_our_signature", content, **typed)


def filing(client, case, content, name):
    return send(client, case, "file_document", content, name, title="Bilag", kind="other",
                direction="in", channel="mail")  # fmt: skip


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (uploads.MOST_UNPACKED + 1))
    return out.getvalue()


BAD = {
    "empty": (b"", "a.pdf"),
    "html behind a pdf name": (b"<html><script>alert(1)</script>", "a.pdf"),
    "program behind a pdf name": (b"MZ\x90\x00" + b"\x00" * 100, "a.pdf"),
    "ending not taken": (GOOD, "a.exe"),
    "double ending": (GOOD, "a.pdf.exe"),
    "no ending": (GOOD, "agreement"),
    "cut off": (GOOD[:200], "a.pdf"),
    "zip that is no document": (b"PK\x03\x04" + b"\x00" * 50, "a.docx"),
    "bomb": (bomb(), "a.docx"),
    "text with NUL": (b"a\x00b", "a.txt"),
} | {name: (content, "a.pdf") for name, (content, _word) in bad_pdfs.REFUSED.items()}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_in_words(client, staff, case_in, name):
    case = case_in("received")
    client.force_login(staff["secretary"])
    before = Document.objects.count(), File.objects.count(), case.events.count()
    content, file_name = BAD[name]
    answer = filing(client, case, content, file_name)
    assert answer.status_code == 422
    assert "upload" in answer.context["form"].errors
    assert (Document.objects.count(), File.objects.count(), case.events.count()) == before


def test_names_are_kept_as_harmless_data(client, staff, case_in):
    case = case_in("received")
    client.force_login(staff["secretary"])
    names = ["../../etc/passwd.pdf", 'a"b\r\nSet-Cookie: x=1.pdf', "C:\\x\\CON.pdf", "æøå‮fdp.pdf",
             "a" * 300 + ".pdf"]  # fmt: skip
    for n, name in enumerate(names):
        content = applications.pdf(f"Side {n}")[2]
        answer = filing(client, selectors.load(case.number), content, name)
        assert answer.status_code in (303, 422), name
    assert Document.objects.filter(case=case, kind="other").count() >= 3
    for document in Document.objects.filter(case=case, kind="other"):
        assert not set(document.file_name) & set('/\\"\r\n\u202e')
        answer = client.get(f"/documents/{document.number}/")
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith("attachment") and "\n" not in disposition
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_same_file_twice_is_told(client, staff, case_in):
    case = case_in("received")
    client.force_login(staff["secretary"])
    assert filing(client, case, GOOD, "a.pdf").status_code == 303
    again = filing(client, selectors.load(case.number), GOOD, "b.pdf")
    assert again.status_code == 409
    assert Document.objects.filter(case=case, kind="other").count() == 1


def test_a_body_over_the_limit_is_refused_before_it_is_read(client, staff, case_in, settings):
    case = case_in("received")
    client.force_login(staff["secretary"])
    settings.FSESYS_MAX_UPLOAD_MB = 0
    assert filing(client, case, GOOD, "a.pdf").status_code == 413


def test_a_file_over_the_limit_is_told(client, staff, case_in, settings):
    case = case_in("received")
    client.force_login(staff["secretary"])
    settings.FSESYS_MAX_UPLOAD_MB = 1
    answer = filing(client, case, GOOD + b"\n" * (1024 * 1024), "a.pdf")
    assert answer.status_code == 422
    assert "1 MB" in answer.content.decode()


def test_another_institutions_agreement_is_refused(client, staff, case_in, monkeypatch):
    case, other = case_in("approved"), case_in("approved")
    monkeypatch.undo()  # the copies are really read
    client.force_login(staff["dst-secretary"])
    theirs = bytes(jobs.pdf_of(other.agreement.document).file.content)
    wrong = made_up.scan(theirs, dpi=110)
    for road, content in (("scan", wrong), ("digital", made_up.sign_digitally(theirs, "X")),
                          ("scan", GOOD), ("digital", GOOD), ("elsewhere", GOOD)):  # fmt: skip
        assert signing(client, case, content, road=road).status_code == 409
    assert not Signature.objects.filter(document=case.agreement.document).exists()
    assert selectors.load(case.number).state == "approved"


def test_signature_dates_in_the_future_or_before_approval(client, staff, case_in, monkeypatch):
    case = case_in("approved")
    monkeypatch.undo()
    client.force_login(staff["dst-secretary"])
    ours = bytes(jobs.pdf_of(case.agreement.document).file.content)
    copy, today = made_up.scan(ours, dpi=110), applications.clock.today()
    for day in (today + dt.timedelta(days=1), today - dt.timedelta(days=400)):
        assert signing(client, case, copy, signed_on=day).status_code == 409
    assert signing(client, case, copy).status_code == 303


@pytest.mark.parametrize("day", ["29-02-2027", "31-04-2026", "0001-01-01", "9999-12-31", "x",
                                 "12/31/2026", "1-1-26", ""])  # fmt: skip
def test_bad_dates_are_told(client, staff, case_in, day):
    case = case_in("under_evaluation")
    client.force_login(staff["responsible"])
    answer = client.post(
        f"/authorisations/{case.number}/ask/",
        {"key": str(uuid.uuid4()), "seen": case.revision, "question_1": "Hvem?", "due_on": day},
    )
    assert answer.status_code == 422
    assert not case.questions.filter(closed_event=None).exists()
