"""The case file: one PDF of everything in order, with or without what is internal."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image

from fsesys.core import casefile, processes
from fsesys.core.jobs import pdf_of
from fsesys.core.refusal import NotYours, Refused
from tests.office import Call

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SECRET = "They asked by phone what would happen."


def made(walked, **facts):
    with walked.now():
        event = casefile.case_file(
            walked.case(), by=walked.staff["secretary"],
            **({"reason": "Access request of Ane Holm.", "language": "en"} | facts),
        )  # fmt: skip
        return event, event.documents.get()


def pages(document) -> list:
    pdf = pypdfium2.PdfDocument(bytes(pdf_of(document).file.content))
    return [page.get_textpage().get_text_bounded() for page in pdf]


@pytest.mark.slow
def test_everything_in_order_without_what_is_internal(walk_to):
    walked = walk_to("sent")
    Call(walked, "note")(reason=SECRET)
    event, document = made(walked)
    text = pages(document)
    listed = [row["number"] for row in document.context["bound"]]
    case = walked.case()
    kinds = {d.number: d for d in case.documents.all()}
    assert listed == sorted(listed) and "Case file" in text[0]
    assert case.agreement.document.number in listed  # signed by us: no longer internal
    assert not [n for n in listed if kinds[n].template == "recommendation"]
    assert SECRET not in " ".join(text) and event.quiet and event.reason
    receipt = next(d for d in kinds.values() if d.template == "receipt")
    assert [page for page in text if receipt.number in page and "Kære" in page]


@pytest.mark.slow
def test_with_internal_notes_for_ourselves(walk_to):
    walked = walk_to("recommended")
    Call(walked, "note")(reason=SECRET)
    _event, document = made(walked, notes=True, language="da")
    text = " ".join(pages(document))
    assert SECRET.split()[0] in text and "Med interne noter" in text
    assert [d for d in document.context["bound"] if "ndstilling" in d["title"]]


@pytest.mark.slow
def test_pictures_become_pages_and_other_files_a_page_that_says_so(walk_to):
    walked = walk_to("received")
    picture = io.BytesIO()
    Image.new("RGB", (3000, 200), "navy").save(picture, "PNG")
    for name, kind, content in (("map.png", "image/png", picture.getvalue()),
                                ("notes.txt", "text/plain", b"plain words"),
                                ("broken.pdf", "application/pdf", b"%PDF-1.4 broken")):  # fmt: skip
        Call(walked, "file_document")(upload=(name, kind, content), title=name)
    _event, document = made(walked)
    pdf = pypdfium2.PdfDocument(bytes(pdf_of(document).file.content))
    before = len(document.context["bound"])
    assert len(pdf) >= before + 1
    titles = [item.get_title() for item in pdf.get_toc()]
    assert [t for t in titles if "map.png" in t] and [t for t in titles if "broken.pdf" in t]


def test_a_case_file_does_not_hold_the_one_before(walk_to):
    walked = walk_to("received")
    made(walked)
    _event, document = made(walked)
    assert not [d for d in document.context["bound"] if "Case file" in d["title"]]


def test_reason_and_role_are_asked(walk_to, staff):
    walked = walk_to("received")
    with pytest.raises(Refused, match="Give a reason"):
        made(walked, reason="")
    with walked.now(), pytest.raises(NotYours):
        casefile.case_file(walked.case(), by=staff["auditor"], reason="x")


def test_the_page_of_every_process_stands_alone():
    """The case file and the admin make it without a request's address."""
    wrong = {process.slug: page.home for process in processes.everything()
             if (page := process.page(process=process.slug)).home != process.url}  # fmt: skip
    assert not wrong
