"""The job of the reading press: what a signed copy shows. Runs in the child only (see press.py).

Answers in JSON with codes; words are signed.py's. Nothing is fetched: no revocation lists, no
trust: whether the signer is the right person is for the registrar to say.
"""

import io
import json
import logging
import warnings
from difflib import SequenceMatcher

import pypdfium2
import zxingcpp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from .comparison import only_signatures_added
from .structure import Refusal, check

LONG_EDGES = (2340, 3500, 1640)  # pixels: A4 at 200, 300 and 140 dpi
QR_PAGES = 40
MOST_TEXT = 20_000  # characters of a page that are compared

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")


def run(facts: dict, data: bytes, original: bytes = b"") -> bytes:
    """Findings as JSON: {"refused": code} or pages, qr, signatures and what was compared."""
    try:
        found = {"pages": check(data, facts["max_pages"])}
        task = facts["task"]
        if task == "pdf":
            found |= {"signed": _is_signed(data), "text": _has_text(data)}
        else:
            found["qr"] = _codes(data)
        if task == "elsewhere":
            found["alike"] = _alike(data, original)
        if task == "digital":
            found |= _signatures(data, original)
    except Refusal as refusal:
        found = {"refused": refusal.code}
    return json.dumps(found).encode()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        raise Refusal("damaged") from problem


def _has_text(data: bytes) -> bool:
    document = _open(data)
    return any(
        document[number].get_textpage().get_text_bounded().strip()
        for number in range(min(len(document), QR_PAGES))
    )


def _alike(data: bytes, original: bytes) -> list[int]:
    """For each page of the original: percent of its words that stand on that page of the copy."""
    copy, ours = _open(data), _open(original)
    return [
        _shared(_words_of(ours, number), _words_of(copy, number)) for number in range(len(ours))
    ]


def _words_of(document, number) -> list[str]:
    if number >= len(document):
        return []
    return document[number].get_textpage().get_text_bounded()[:MOST_TEXT].split()


def _shared(ours: list[str], theirs: list[str]) -> int:
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return round(100 * sum(block.size for block in blocks) / len(ours)) if ours else 100


def _is_signed(data: bytes) -> bool:
    try:
        return bool(PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures)
    except MemoryError:
        raise
    except Exception:  # a signature that cannot be read is none
        return False


def _codes(data: bytes) -> list[list[str]]:
    """The texts of the QR codes on each page."""
    document = _open(data)
    return [_codes_of(document[number]) for number in range(min(len(document), QR_PAGES))]


def _codes_of(page: pypdfium2.PdfPage) -> list[str]:
    longest = max(page.get_size())
    for edge in LONG_EDGES if longest > 0 else ():
        picture = page.render(scale=edge / longest, grayscale=True, may_draw_forms=False).to_pil()
        if found := zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode):
            return sorted({code.text[:200] for code in found})
    return []


def _signatures(data: bytes, original: bytes) -> dict:
    """Who signed after our file was finished, and whether everything before is still ours."""
    ours = bool(original) and data.startswith(original)
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        found = [
            _signature(one) for one in reader.embedded_signatures
            if one.sig_object_type != "/DocTimeStamp"
        ]  # fmt: skip
        unchanged = ours and only_signatures_added(data, original)
    except MemoryError:
        raise
    except Exception:  # broken signatures raise nearly anything
        return {"ours": ours, "unchanged": False, "broken": True, "signatures": []}
    old = len(original) if ours else 0
    return {
        "ours": ours, "unchanged": unchanged, "broken": False,
        "signatures": [one | {"new": one["end"] > old} for one in found],
    }  # fmt: skip


def _signature(embedded) -> dict:
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    status = validate_pdf_signature(embedded, nobody)
    name = status.signing_cert.subject.native
    signed_at = status.signer_reported_dt
    first, length, second, rest = (int(number) for number in embedded.byte_range)
    return {
        "intact": bool(status.intact and status.valid and first == 0 and second > length),
        "signer": str(name.get("common_name") or status.signing_cert.subject.human_friendly)[:200],
        "signed_at": signed_at.isoformat() if signed_at else None,
        "end": second + rest,
    }
