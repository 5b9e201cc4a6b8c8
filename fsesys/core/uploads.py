"""What may be uploaded: size, type and name, each refused with a sentence before it is kept."""

import io
import re
import unicodedata
import zipfile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .letters import signed

MOST_ENTRIES, MOST_UNPACKED = 2000, 200 * 1024 * 1024
TYPES = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04",
    ),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "txt": ("text/plain", b""),
}  # fmt: skip
TABLES = {"csv": ("text/csv", b""), "xlsx": TYPES["xlsx"]}  # read by sheets.py, never an annex


def clean_name(name: str) -> str:
    """The file's own name without folders, control characters and quotes; at most 200 long."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = re.sub(r'["\'<>:|?*;%]', "_", name).strip(" .") or "file"
    stem, dot, ending = name.rpartition(".")
    return f"{(stem or ending)[:180]}{dot if stem else ''}{ending[:16] if stem else ''}"


def media_type(name: str) -> str:
    """What a file of that name is taken to be; the sender's own word does not count."""
    return TYPES.get(name.rpartition(".")[2].lower(), ("application/octet-stream",))[0]


def read(upload, endings=("pdf",)) -> tuple:
    """(clean name, media type, bytes) of an uploaded file. Raises ValidationError in words."""
    limit = settings.FSESYS_MAX_UPLOAD_MB
    if upload.size == 0:
        raise ValidationError(_("The file is empty. Choose another one."))
    if upload.size > limit * 1024 * 1024:
        raise ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": limit})
    name = clean_name(upload.name)
    ending = name.rpartition(".")[2].lower()
    if ending not in endings:
        raise ValidationError(
            _("Files of type “%(ending)s” are not taken here; use %(endings)s.")
            % {"ending": ending, "endings": ", ".join(endings)}
        )
    upload.seek(0)
    content = upload.read()
    media_type, magic = (TYPES | TABLES)[ending]
    if not content.startswith(magic) or not _fits(content, ending):
        raise ValidationError(
            _("The file is named .%(ending)s but its content is something else.")
            % {"ending": ending}
        )
    if ending == "pdf":
        _refuse_active(content)
    return name, media_type, content


def _refuse_active(content):
    """Encrypted, scripted or damaged PDFs and such with files inside, each in a sentence."""
    try:
        signed.read_pdf(content)
    except signed.Unreadable as unreadable:
        raise ValidationError(unreadable.sentence) from unreadable


def _fits(content, ending):
    if ending == "txt":
        return b"\x00" not in content
    if ending in ("docx", "xlsx"):
        return _office_file(content, {"docx": "word/", "xlsx": "xl/"}[ending])
    return True


def _office_file(content, folder):
    """A zip of that kind of document, without macros, passwords or a bomb inside."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    names = [entry.filename for entry in entries]
    return (
        any(name.startswith(folder) for name in names)
        and not any("vbaProject" in name or ".." in name for name in names)
        and not any(entry.flag_bits & 1 for entry in entries)
        and len(entries) <= MOST_ENTRIES
        and sum(entry.file_size for entry in entries) <= MOST_UNPACKED
    )
