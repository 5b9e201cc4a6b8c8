"""What a signed copy tells: is it ours, who signed, when, which code is on it, how many pages.

Findings help the registrar; they decide nothing. The reading itself runs in a killable process
(reading.py); here its codes become sentences. Matching a signer to a person is not done here.
"""

import dataclasses
import datetime as dt
import json
import logging

from django.utils.translation import gettext as _

from .isolation import Failed, Press
from .qr import SCHEME

MAX_PAGES = 400
SECONDS, MEMORY_MB = 30, 1024
DIGITAL, SCAN, ELSEWHERE = "digital", "scan", "elsewhere"

log = logging.getLogger(__name__)
_press = Press("fsesys.core.letters.reading")


class Unreadable(Exception):
    """The file cannot be taken. `sentence` says why and what to do."""

    def __init__(self, sentence: str):
        self.sentence = sentence
        super().__init__(sentence)


@dataclasses.dataclass(frozen=True)
class Findings:
    """What the file shows. `intact` is None where nothing could prove it (a scan).

    qr holds the texts of the codes page by page; alike, for each page of our original, percent
    of its words found on that page; sentences what the registrar should know.
    """

    road: str
    pages: int
    intact: bool | None = None
    signer: str = ""
    signed_at: dt.datetime | None = None
    qr: tuple[tuple[str, ...], ...] = ()
    alike: tuple[int, ...] = ()
    sentences: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The document numbers of our own codes, each once."""
        texts = {text for page in self.qr for text in page if text.startswith(SCHEME)}
        return tuple(sorted(text.removeprefix(SCHEME) for text in texts))

    def as_json(self) -> dict:
        """For a JSON column: the same values, the time as ISO text."""
        signed_at = self.signed_at.isoformat() if self.signed_at else None
        return dataclasses.asdict(self) | {"signed_at": signed_at, "numbers": list(self.numbers)}


def read_pdf(data: bytes, *, max_pages: int = MAX_PAGES) -> Findings:
    """Is this a PDF we take at all, and which road does it look like? Raises Unreadable."""
    found = _read("pdf", data, max_pages=max_pages)
    road = DIGITAL if found["signed"] else ELSEWHERE if found["text"] else SCAN
    return Findings(road=road, pages=found["pages"])


def read_digital(signed: bytes, original: bytes) -> Findings:
    """A digitally signed PDF against the bytes that we sent. Raises Unreadable.

    intact: our bytes are its beginning, only signatures were added, all of them verify.
    """
    found = _read("digital", signed, original)
    new = [one for one in found["signatures"] if one["new"]]
    last = new[-1] if new else {"signer": "", "signed_at": None, "end": 0}
    whole = bool(new) and last["end"] == len(signed)
    intact = (
        found["ours"] and found["unchanged"] and whole
        and all(one["intact"] for one in found["signatures"])
    )  # fmt: skip
    return Findings(
        road=DIGITAL, pages=found["pages"], intact=intact, signer=last["signer"],
        signed_at=dt.datetime.fromisoformat(last["signed_at"]) if last["signed_at"] else None,
        qr=_tuples(found["qr"]), sentences=tuple(_remarks(found, new, whole)),
    )  # fmt: skip


def read_scan(scan: bytes) -> Findings:
    """A scan on paper: its pages and the codes that could be read on them. Raises Unreadable."""
    found = _read("scan", scan)
    findings = Findings(road=SCAN, pages=found["pages"], qr=_tuples(found["qr"]))
    sentences = []
    if not findings.numbers:
        sentences.append(
            _("No code of ours could be read on any page. Type the document number instead.")
        )
    if len(findings.numbers) > 1:
        sentences.append(
            _("The pages belong to different documents: %(numbers)s.")
            % {"numbers": ", ".join(findings.numbers)}
        )
    return dataclasses.replace(findings, sentences=tuple(sentences))


def read_elsewhere(copy: bytes, original: bytes) -> Findings:
    """A copy that a portal rebuilt, or a poor scan, beside our original. Raises Unreadable."""
    found = _read("elsewhere", copy, original)
    return Findings(
        road=ELSEWHERE, pages=found["pages"], qr=_tuples(found["qr"]),
        alike=tuple(found["alike"]),
    )  # fmt: skip


def _remarks(found: dict, new: list[dict], whole: bool) -> list[str]:
    if found["broken"]:
        return [_("The signatures in the file are damaged and cannot be read.")]
    sentences = []
    if not found["ours"]:
        sentences.append(_("This is not the file that we sent: its content differs from ours."))
    elif not found["unchanged"]:
        sentences.append(_("Something other than a signature was added to the file we sent."))
    if not new:
        sentences.append(_("The file carries no digital signature that was added to ours."))
    elif not whole:
        sentences.append(_("The file was changed after it was signed."))
    if not all(one["intact"] for one in found["signatures"]):
        sentences.append(_("A signature does not match the content: the file was changed."))
    return sentences


def _read(task: str, *files: bytes, max_pages: int = MAX_PAGES) -> dict:
    facts = {"task": task, "max_pages": max_pages}
    try:
        answer = _press.run(*files, timeout=SECONDS, memory_mb=MEMORY_MB, facts=facts)
    except Failed as failure:
        log.warning("signed copy not read: %s", failure)
        raise Unreadable(_words("heavy" if failure.cause == "late" else "damaged")) from failure
    found = json.loads(answer)
    if code := found.get("refused"):
        raise Unreadable(_words(code) % {"pages": max_pages})
    return found


def _words(code: str) -> str:
    return {
        "empty": _("The file is empty. Choose another one."),
        "not-pdf": _("The file is not a PDF. Ask for the copy as a PDF file."),
        "damaged": _("The PDF is damaged and cannot be opened. Ask for a new copy."),
        "heavy": _("The PDF took too long to read. Ask for a simpler copy, such as a scan."),
        "encrypted": _("The PDF is encrypted or protected by a password. Ask for one without."),
        "script": _("The PDF contains a script and is not taken. Ask for a copy without it."),
        "action": _("The PDF contains an action that starts by itself and is not taken. "
                    "Ask for a copy without it."),
        "files": _("The PDF has other files attached and is not taken. Ask for them separately."),
        "too-many-pages": _("The PDF has more than %(pages)s pages. "
                            "Ask for the signed copy alone."),
    }[code]  # fmt: skip


def _tuples(pages: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(page) for page in pages)
