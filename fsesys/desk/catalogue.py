"""The Danish catalogue: found in code and templates, kept in a .po file, compiled to a .mo file.

Babel reads and writes it, so that nobody needs GNU gettext. The header carries no date and the
entries are sorted, so that a diff shows changed words and nothing else.
"""

import io
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (
    "fsesys", "institutions", "researchers", "projects", "deliveries", "outputcheck", "templates",
)  # fmt: skip
LOCALE = "da"
PO = ROOT / "fsesys" / "locale" / LOCALE / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {
    "_": None, "_now": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
HEADER = [
    ("Language", LOCALE),
    ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
]
COMMENT = "# Danish text of FSESYS. Made by `manage.py catalogue`; only msgstr is written by hand."
PLACEHOLDER = re.compile(r"%\(\w+\)[a-zA-Z]")


class Words(Catalog):
    """A catalogue whose header is always the same."""

    mime_headers = property(lambda self: HEADER, lambda self, given: None)

    def __init__(self):
        super().__init__(locale=LOCALE, header_comment=COMMENT, fuzzy=False)


def sources() -> list:
    """Every Python file and template of ours, in a stable order."""
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    return sorted(
        path for path in paths
        if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts
        and "static" not in path.parts and (path.suffix == ".py" or "templates" in path.parts)
    )  # fmt: skip


def python_of(path) -> str:
    """The file as Python text. A template becomes one by Django's own templatize()."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    # What stands outside the calls is blanked but keeps its indentation, which is not Python's.
    return "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())


def found() -> Words:
    """What the code and the templates ask for, without translations."""
    words = Words()
    for path in sources():
        place = path.relative_to(ROOT).as_posix()
        lines = io.BytesIO(python_of(path).encode())
        for _line, message, _comments, context in extract(
            "python", lines, keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            words.add(message, locations=[(place, 1)], context=context)
    return words


def kept() -> Catalog:
    """What the .po file holds today."""
    if not PO.exists():
        return Words()
    with PO.open("rb") as file:
        return read_po(file, locale=LOCALE)


def merged(words=None) -> Words:
    """What is asked for, with the translations that are kept; obsolete ones are left out."""
    words, before = words or found(), kept()
    for message in words:
        old = before.get(message.id, message.context) if message.id else None
        if old is not None:
            message.string = old.string if all(_texts(old.string)) else ""
            message.flags |= old.flags & {"fuzzy"}
    return words


def as_po(words) -> bytes:
    """The text of the .po file."""
    out = io.BytesIO()
    write_po(out, words, width=100, sort_output=True, include_lineno=False)
    return out.getvalue()


def as_mo(words) -> bytes:
    """The compiled catalogue, as gettext reads it; the same words give the same bytes."""
    out = io.BytesIO()
    write_mo(out, words)
    return out.getvalue()


def faults() -> list:
    """Whole sentences on everything that is wrong with the catalogue; nothing is changed."""
    asked, before = found(), kept()
    wrong = [f"Obsolete, nothing asks for it: {_name(m)}" for m in _obsolete(asked, before)]
    for message in asked:
        if message.id:
            wrong += _entry(message, before.get(message.id, message.context))
    if not wrong and (not MO.exists() or MO.read_bytes() != as_mo(merged(asked))):
        wrong.append("django.mo is not what django.po gives: run `manage.py catalogue`.")
    return wrong


def _obsolete(asked, before):
    held = [message for message in before if message.id]
    yield from (m for m in held if asked.get(m.id, m.context) is None)
    yield from before.obsolete.values()


def _entry(message, translated):
    strings = _texts(translated.string) if translated else []
    if not strings or not all(strings):
        return [f"Missing: {_name(message)}"]
    wrong = [f"Fuzzy: {_name(message)}"] if translated.fuzzy else []
    holes = [set(PLACEHOLDER.findall(text)) for text in _texts(message.id)]
    may, must = set.union(*holes), set.intersection(*holes)
    if not all(must <= set(PLACEHOLDER.findall(text)) <= may for text in strings):
        wrong.append(f"Other placeholders than the English text: {_name(message)}")
    return wrong


def _texts(value) -> list:
    """The one text of an entry, or those of singular and plural."""
    return [value] if isinstance(value, str) else list(value or [])


def _name(message) -> str:
    places = ", ".join(sorted({place for place, _line in message.locations}))
    return f"“{_texts(message.id)[0]}” {f'({places})' if places else ''}".strip()
