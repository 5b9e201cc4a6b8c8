"""The PDF: tagged, complete, the same every time, and made without reading or fetching anything."""

import http.server
import io
import threading

import pypdfium2
import pytest
from pypdf import PdfReader

from fsesys.core.letters import render as module
from fsesys.core.letters.compose import compose
from fsesys.core.letters.isolation import Press
from fsesys.core.letters.render import RenderFailed, render
from tests.unit.core.letters.letter_facts import KINDS, facts_of

PAGE = '<html lang="en"><title>T</title><body style="font-family: IBM Plex Sans">{}'
CANARY = "canary-4711"


def pdf_of(kind, language="da", **changes):
    return render(compose(kind, facts_of(kind, language, **changes), language))


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def kinds_and_languages():
    """Every letter in one language, turn about, and in the other one in `make soak`: what it says
    in both is tested as HTML (test_compose.py); agreements, which people sign, in both always."""
    for n, kind in enumerate(KINDS):
        both = "agreement" in kind or "declaration" in kind
        for turn, language in enumerate(("da", "en")):
            rest = () if both or turn == n % 2 else pytest.mark.soak
            yield pytest.param(kind, language, id=f"{kind}-{language}", marks=rest)


@pytest.mark.slow
@pytest.mark.parametrize("kind, language", list(kinds_and_languages()))
def test_every_letter_becomes_a_tagged_pdf_of_one_to_three_pages(kind, language):
    reader = PdfReader(io.BytesIO(pdf_of(kind, language)))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == language and root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title.endswith("D26-000123")
    assert b'pdfaid:part="2" pdfaid:conformance="A"' in root["/Metadata"].get_data()
    assert 1 <= len(reader.pages) <= 3


def test_the_code_has_an_alternative_text_and_every_font_is_ours_and_embedded():
    reader = PdfReader(io.BytesIO(pdf_of("agreement")))
    numbers = set(reader.xref_objStm) | set(reader.xref.get(0, {}))
    things = [one for one in map(reader.get_object, numbers) if isinstance(one, dict)]
    figures = [thing for thing in things if thing.get("/S") == "/Figure"]
    assert "QR-kode med dokumentnummer D26-000123" in {str(one.get("/Alt")) for one in figures}
    fonts = {str(one["/FontName"]) for one in things if one.get("/Type") == "/FontDescriptor"}
    assert fonts and all("IBM-Plex-Sans" in name for name in fonts)


@pytest.mark.slow
def test_the_same_html_gives_the_same_bytes_in_another_process():
    html = compose("agreement", facts_of("agreement"), "da")
    assert (
        render(html)
        == render(html)
        == Press(module._press.module).run(html.encode(), timeout=30, memory_mb=1024)
    )


def test_a_long_hostile_name_stays_on_the_page_as_text():
    name = "<img src=file:///etc/passwd>" + "Æ" * 190 + "<script>"
    document = pypdfium2.PdfDocument(pdf_of("agreement", institution=name))
    for page in document:
        right = page.get_width() - 40
        words = page.get_textpage()
        boxes = [words.get_charbox(i) for i in range(words.count_chars())]
        assert max(box[2] for box in boxes) < right
    assert "<script>" in text_of(pdf_of("receipt", institution=name)).replace("\r\n", "")


@pytest.fixture
def calls():
    """A web server that must hear nothing."""
    heard = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802
            heard.append(self.path)
            self.send_response(200)
            self.end_headers()

    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    heard.append(f"http://127.0.0.1:{server.server_port}/")
    yield heard
    server.shutdown()
    server.server_close()


ROADS = [
    "<img src='{}'>", "<link rel=attachment href='{}'>", "<style>@import '{}'</style>",
    "<link rel=stylesheet href='{}'>", "<object data='{}'></object>", "<embed src='{}'>",
    "<p style='background:url({})'>x", "<a rel=attachment href='{}'>x</a>",
    "<style>@font-face{{font-family:x;src:url({})}}</style><p style='font-family:x'>x",
    "<svg xmlns='http://www.w3.org/2000/svg'><image href='{}' width='9' height='9'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><use href='{}#a'/></svg>",
    "<base href='{}'><img src='x'>", "<ul style='list-style-image:url({})'><li>x</ul>",
    "<p style='content:url({})'>x", "<meta http-equiv=refresh content='0;url={}'>",
]  # fmt: skip


@pytest.mark.parametrize("road", ROADS)
def test_html_that_asks_for_files_or_addresses_gets_neither(road, calls, tmp_path):
    canary = tmp_path / "canary.svg"
    canary.write_text(f"<svg xmlns='http://www.w3.org/2000/svg'><text>{CANARY}</text></svg>")
    for target in (canary.as_uri(), str(canary), calls[0]):
        try:
            pdf = render(PAGE.format(road.format(target)))
        except RenderFailed:
            continue
        assert CANARY not in text_of(pdf)
        assert not PdfReader(io.BytesIO(pdf)).attachments
    assert len(calls) == 1


def test_a_data_picture_is_allowed_but_attachments_are_not():
    dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    assert render(PAGE.format(f"<img alt=dot src='{dot}'>")).startswith(b"%PDF-1.7")
    for road in ("<link rel=attachment href='data:,x'>", "<a rel=attachment href='data:,x'>x</a>"):
        with pytest.raises(RenderFailed, match="attachments"):
            render(PAGE.format(road))


def test_a_letter_without_title_or_language_is_refused():
    for html in ("<html lang=en><p>x", "<title>T</title><p>x", ""):
        with pytest.raises(RenderFailed, match="title and a language"):
            render(html)


def test_too_slow_and_too_large_letters_are_stopped_and_the_next_one_is_made():
    heavy = PAGE.format("<table>" + ("<tr>" + "<td>x</td>" * 10 + "</tr>") * 3000)
    with pytest.raises(RenderFailed, match="too long"):
        render(heavy, timeout=0.5)
    with pytest.raises(RenderFailed, match="memory"):
        render(PAGE.format("x"), memory_mb=16)
    assert render(PAGE.format("next"))


def test_a_press_that_was_killed_starts_again():
    assert render(PAGE.format("x"))
    module._press._process.kill()
    module._press._process.wait()
    assert render(PAGE.format("x"))


def test_missing_pango_is_one_clear_sentence(monkeypatch):
    monkeypatch.setattr(module, "_press", Press("tests.unit.core.letters.no_pango"))
    with pytest.raises(RenderFailed, match=r"Pango library is missing.*libpango-1.0-0"):
        render(PAGE.format("x"))
