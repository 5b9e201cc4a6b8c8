"""Do two PDFs show the same pages? Runs in the child only.

Our bytes can all be there and yet be covered by a newer page in what was added after them. So
what a page is drawn from is compared page by page; only signature fields may have been added.
"""

import hashlib
import io

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

BESIDE = {"/Parent", "/P", "/Annots", "/StructParent", "/StructParents", "/Tabs", "/Popup"}
SHOWN_BY = ("/OCProperties",)  # what the catalogue says about layers shown or hidden


def only_signatures_added(data: bytes, original: bytes) -> bool:
    """True when every page is drawn as in the original and nothing but signatures was added."""
    new, old = PdfReader(io.BytesIO(data), strict=False), PdfReader(io.BytesIO(original))
    if len(new.pages) != len(old.pages):
        return False
    ours, theirs = Digest(), Digest()
    for key in SHOWN_BY:
        if ours.of(old.root_object.get(key)) != theirs.of(new.root_object.get(key)):
            return False
    return all(
        ours.of(before) == theirs.of(after) and _notes_fit(ours, theirs, before, after)
        for before, after in zip(old.pages, new.pages, strict=True)
    )


def _notes_fit(ours: "Digest", theirs: "Digest", before, after) -> bool:
    known = {ours.of(note) for note in before.get("/Annots") or ()}
    notes = [note.get_object() for note in after.get("/Annots") or ()]
    kept = {theirs.of(note) for note in notes}
    return known <= kept and all(theirs.of(note) in known or _is_signature(note) for note in notes)


def _is_signature(note: DictionaryObject) -> bool:
    field = note if "/FT" in note else note.get("/Parent", DictionaryObject()).get_object()
    return note.get("/Subtype") == "/Widget" and field.get("/FT") == "/Sig"


class Digest:
    """One number for a thing of a PDF and all it consists of; where it is filed does not count."""

    def __init__(self):
        self._known = {}

    def of(self, thing) -> bytes:
        """The same for equal things, in whatever objects they are stored."""
        if not isinstance(thing, IndirectObject):
            return self._of(thing)
        key = (thing.idnum, thing.generation)
        if key not in self._known:
            self._known[key] = b"around"  # met again inside itself
            self._known[key] = self._of(thing.get_object())
        return self._known[key]

    def _of(self, thing) -> bytes:
        digest = hashlib.sha256(type(thing).__name__.encode() if thing is None else b"")
        if isinstance(thing, DictionaryObject):
            for name in sorted(set(thing) - BESIDE):
                digest.update(name.encode() + b"\0" + self.of(thing.raw_get(name)))
            if isinstance(thing, StreamObject):
                digest.update(hashlib.sha256(thing.get_data()).digest())
        elif isinstance(thing, ArrayObject):
            for one in thing:
                digest.update(self.of(one))
        else:
            digest.update(repr(thing).encode())
        return digest.digest()
