"""PDF files that are refused, each with a word of the sentence that says why."""

import io

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)


def written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def changed(change):
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    change(writer)
    return written(writer)


def entry(**entries):
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def in_root(key, value):
    return lambda writer: writer.root_object.update({NameObject(key): value})


def on_page(key, value):
    return lambda writer: writer.pages[0].update({NameObject(key): value})


JS = entry(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))
LAUNCH = entry(S=NameObject("/Launch"), F=TextStringObject("calc.exe"))
NOTE = entry(Subtype=NameObject("/FileAttachment"), Rect=ArrayObject([NumberObject(0)] * 4))
REFUSED = {
    "nothing": (b"", "empty"),
    "a program": (b"MZ\x90\x00" + b"\0" * 500, "not a PDF"),
    "a web page": (b"<!doctype html><script>alert(1)</script>", "not a PDF"),
    "a hidden start": (b"MZ%PDF-1.7\n", "not a PDF"),
    "only a start": (b"%PDF-1.7\n", "damaged"),
    "deep": (b"%PDF-1.7\n1 0 obj " + b"[" * 100_000, "damaged"),
    "a password": (changed(lambda writer: writer.encrypt("secret")), "encrypted"),
    "an owner's password": (changed(lambda writer: writer.encrypt("", "owner")), "encrypted"),
    "a script by name": (
        changed(in_root("/Names", entry(JavaScript=entry(Names=ArrayObject([JS]))))), "script",
    ),
    "a script on opening": (changed(in_root("/OpenAction", JS)), "script"),
    "a script in disguise": (
        changed(in_root("/OpenAction", JS)).replace(b"/JavaScript", b"/J#61v#61Script"), "script",
    ),
    "a script on a page": (changed(on_page("/AA", entry(O=JS))), "script"),
    "a program on opening": (changed(in_root("/OpenAction", LAUNCH)), "action"),
    "an address on opening": (
        changed(in_root("/OpenAction", entry(S=NameObject("/URI")))), "action",
    ),
    "an attachment": (changed(lambda writer: writer.add_attachment("a.exe", b"MZ")), "attached"),
    "a pinned file": (changed(on_page("/Annots", ArrayObject([NOTE]))), "attached"),
    "a form that acts": (
        changed(in_root("/AcroForm", entry(XFA=TextStringObject("<x/>")))), "script",
    ),
    "a script nobody points at": (
        changed(lambda writer: writer._add_object(JS)), "script",
    ),
    "a book": (changed(lambda w: [w.add_blank_page(9, 9) for _ in range(400)]), "more than 400"),
}  # fmt: skip
