"""The job of the drawing press: HTML to tagged PDF/A. Runs in the child only (see press.py).

Two guards, because a letter holds text that others wrote: the fetcher opens data: addresses
only, and an audit hook refuses Python every connection, program and file outside the libraries.
"""

import logging
import re
import sys
import sysconfig
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

VARIANT = "pdf/a-2a"
TITLE = re.compile(r"<title>[^<]*\S[^<]*</title>", re.IGNORECASE)
LANGUAGE = re.compile(r"<html[^>]*\slang=[\"']?[a-z]{2}", re.IGNORECASE)
REFUSED_EVENTS = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.system",
    "os.posix_spawn",
    "os.fork",
    "ctypes.dlopen",
    "ftplib.",
    "http.",
)
LIBRARIES = tuple(
    str(Path(sysconfig.get_path(name)).resolve()) for name in ("stdlib", "purelib", "platlib")
)

logging.getLogger("weasyprint").setLevel(logging.CRITICAL)


class DataOnly(URLFetcher):
    """Opens data: addresses; anything else stops the letter instead of leaving a hole in it."""

    def __init__(self):
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)


def run(facts: dict, html: bytes) -> bytes:
    """The PDF. Raises whatever WeasyPrint raises, ValueError for what a letter may not be."""
    text = html.decode()
    if not TITLE.search(text) or not LANGUAGE.search(text):
        raise ValueError("A letter needs a title and a language.")
    sys.addaudithook(_guard)
    fonts = FontConfiguration()
    # No base address: a relative one leads nowhere.
    document = weasyprint.HTML(string=text, url_fetcher=DataOnly()).render(
        font_config=fonts, presentational_hints=False
    )
    if document.metadata.attachments or any(
        kind == "attachment" for page in document.pages for kind, *_ in page.links
    ):
        raise ValueError("A letter carries no attachments.")
    return document.write_pdf(pdf_variant=VARIANT, pdf_tags=True)


def _guard(event: str, arguments: tuple) -> None:
    if event.startswith(REFUSED_EVENTS):
        raise PermissionError(f"A letter may not use {event}.")
    path = arguments[0] if event == "open" else None
    if isinstance(path, str | bytes) and not _of_a_library(path):
        raise PermissionError("A letter may not open files.")


def _of_a_library(name: str | bytes) -> bool:
    path = name.decode() if isinstance(name, bytes) else name
    return str(Path(path).resolve()).startswith(LIBRARIES)
