"""What may be uploaded: size, type and name, each refused with a sentence before it is kept."""

import re
import unicodedata

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

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


def clean_name(name: str) -> str:
    """The file's own name without folders, control characters and quotes; at most 200 long."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = re.sub(r'["\'<>:|?*;%]', "_", name).strip(" .") or "file"
    stem, dot, ending = name.rpartition(".")
    return f"{(stem or ending)[:180]}{dot if stem else ''}{ending[:16] if stem else ''}"


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
    media_type, magic = TYPES[ending]
    if not content.startswith(magic) or not _fits(content, ending):
        raise ValidationError(
            _("The file is named .%(ending)s but its content is something else.")
            % {"ending": ending}
        )
    return name, media_type, content


def _fits(content, ending):
    if ending == "txt":
        return b"\x00" not in content
    if ending in ("docx", "xlsx"):
        found = {match.extension for match in puremagic.magic_string(content[:65536])}
        return f".{ending}" in found or ".zip" in found or ".docx" in found
    return True
