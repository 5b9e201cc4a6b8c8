"""What a PDF that others made may hold. Runs in the child only; answers with codes, not words.

A signed copy is paper with a signature. What acts by itself (script, programs, forms that send)
or carries other files is refused before anything else looks at it.
"""

import io
import re

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MAX_OBJECTS = 200_000
SCRIPT = {"/JavaScript", "/JS"}
ACTIONS = {
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/Movie",
    "/Sound",
    "/Hide",
    "/ResetForm",
    "/SetOCGState",
    "/Trans",
    "/RichMediaExecute",
}
FILES = {"/EmbeddedFiles", "/EF", "/Collection"}
FILE_KINDS = {"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/3D", "/Screen"}
NAMED = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia|XFA)(?![A-Za-z0-9])"
)
HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
CODE_OF = {b"JavaScript": "script", b"Launch": "action", b"XFA": "script"}


class Refusal(Exception):
    """The file is not read further; `code` says why (see signed.py for the words)."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


def check(data: bytes, max_pages: int) -> int:
    """The number of pages of an acceptable PDF. Raises Refusal."""
    if not data:
        raise Refusal("empty")
    if not data.startswith(b"%PDF-"):
        raise Refusal("not-pdf")
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted or "/Encrypt" in reader.trailer:
            raise Refusal("encrypted")
        pages = len(reader.pages)
        if 0 < pages <= max_pages:
            _walk(reader.trailer)
    except (Refusal, MemoryError):
        raise
    except Exception as problem:  # the library raises nearly anything on broken files
        raise Refusal("damaged") from problem
    if pages == 0:
        raise Refusal("damaged")
    if pages > max_pages:
        raise Refusal("too-many-pages")
    _look(data)
    return pages


def _walk(trailer: DictionaryObject) -> None:
    """Every object that can be reached, once; a list, not recursion: depth costs nothing."""
    waiting, seen, count = [trailer], set(), 0
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if (key := (thing.idnum, thing.generation)) in seen:
                continue
            seen.add(key)
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            _judge(thing)
            waiting += [thing.raw_get(key) for key in thing if key != "/Parent"]
        elif isinstance(thing, ArrayObject):
            waiting += list(thing)
        count += 1
        if count > MAX_OBJECTS:
            raise Refusal("damaged")


def _judge(thing: DictionaryObject) -> None:
    keys = set(thing)
    kinds = {str(thing.raw_get(key)) for key in ("/S", "/Type", "/Subtype") if key in keys}
    if keys & SCRIPT or kinds & SCRIPT or "/XFA" in keys:
        raise Refusal("script")
    if kinds & ACTIONS and "/Pg" not in keys and "/K" not in keys:  # else a tag of the page's text
        raise Refusal("action")
    if keys & FILES or kinds & FILE_KINDS:
        raise Refusal("files")
    for trigger in {"/OpenAction", "/AA"} & keys:
        _harmless(thing[trigger], nested=trigger == "/AA")


def _harmless(action, nested: bool) -> None:
    """To open on a certain page is fine; anything else that happens by itself is not."""
    actions = action.values() if nested and isinstance(action, DictionaryObject) else [action]
    for one in actions:
        one = one.get_object() if one is not None else None
        if isinstance(one, DictionaryObject) and one.get("/S") != "/GoTo":
            raise Refusal("script" if one.get("/S") == "/JavaScript" else "action")


def _look(data: bytes) -> None:
    """The same names in the bytes: a file can show other objects to other readers."""
    plain = HEX.sub(lambda found: bytes([int(found[1], 16)]), data) if b"#" in data else data
    if found := NAMED.search(plain):
        raise Refusal(CODE_OF.get(found[1], "files"))
