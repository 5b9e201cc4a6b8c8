"""From facts to HTML: the templates, their version, and what may stand in a value.

A letter = the facts its process gives (documents.py there) + templates/documents/<kind>.html.
Values are text only: escaped, and without characters that could turn the text around.
"""

import hashlib
import re
import unicodedata
from functools import cache
from pathlib import Path

from django.template.backends.django import DjangoTemplates
from django.utils import translation

from .qr import qr_svg, qr_text

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
LANGUAGES = ("da", "en")
QR_TITLE = {"da": "QR-kode med dokumentnummer {}", "en": "QR code with document number {}"}
KIND = re.compile(r"[a-z_]+")
BUILT_ON = re.compile(r"{%\s*(?:extends|include)\s+\"([^\"]+)\"")
HOLE = "\ue000%s\ue001"  # private characters that plain() removes from every value
HOLES = re.compile("\ue000([^\ue001]*)\ue001")


class Incomplete(Exception):
    """The letter asks for facts that were not given. `names` are the missing ones."""

    def __init__(self, template: str, names: list[str]):
        self.names = names
        super().__init__(f"{template} is missing {', '.join(names)}")


def compose(template: str, context: dict, language: str) -> str:
    """The letter as HTML, ready for render(). `template` is the kind, e.g. "receipt".

    Raises Incomplete when a fact is missing, ValueError on an unknown language or kind.
    """
    if language not in LANGUAGES:
        raise ValueError(f"No letter is written in {language!r}.")
    facts = {"paragraph": "", **plain(context), "language": language}
    number = facts["document"]["number"]
    facts["qr"] = qr_svg(qr_text(number), QR_TITLE[language].format(number))
    with translation.override(language):
        html = _engine().get_template(_path(template)).render(facts)
    if names := sorted(set(HOLES.findall(html))):
        raise Incomplete(template, names)
    return html


def template_version(template: str) -> str:
    """SHA-256 (hex) of the letter's template and of every template it is built on."""
    found, waiting = {}, [_path(template)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = (TEMPLATES / name).read_bytes()
            waiting += BUILT_ON.findall(found[name].decode())
    digest = hashlib.sha256()
    for name in sorted(found):
        digest.update(f"{name}\0{len(found[name])}\0".encode() + found[name])
    return digest.hexdigest()


def plain(value):
    """The value as plain text all the way down: nothing in it counts as safe HTML any more."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, bool | int):
        return value
    text = "" if value is None else str(value)
    return "".join(kept for kept in text.replace("\r\n", "\n") if _belongs(kept))


def _belongs(character: str) -> bool:
    """No control characters, no marks that reverse the reading order, no half characters."""
    category = unicodedata.category(character)
    return character in "\n\t" or category not in ("Cc", "Cf", "Cs", "Co")


def _path(template: str) -> str:
    if not KIND.fullmatch(template):
        raise ValueError(f"{template!r} is not a kind of letter.")
    return f"documents/{template}.html"


@cache
def _engine() -> DjangoTemplates:
    # An engine of its own: no context processor, no app's override, escaping always on.
    return DjangoTemplates(
        {
            "NAME": "letters",
            "DIRS": [TEMPLATES],
            "APP_DIRS": False,
            "OPTIONS": {"autoescape": True, "string_if_invalid": HOLE, "debug": False},
        }
    )
