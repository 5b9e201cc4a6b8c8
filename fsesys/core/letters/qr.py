"""The code on a letter: which text it holds and how it is drawn. Reading it back is reading.py's.

The code names the document and nothing else: a number, so it says nothing to a stranger.
"""

import segno
from django.utils.safestring import SafeString, mark_safe

SCHEME = "FSESYS:"


def qr_text(number: str) -> str:
    """What the code of this document holds: "FSESYS:<document number>"."""
    return SCHEME + number


def qr_svg(text: str, title: str) -> SafeString:
    """The code as inline SVG. `title` becomes the alternative text in the tagged PDF."""
    code = segno.make(text, error="m", micro=False)
    # segno escapes the title; the modules themselves are drawn, not written.
    return mark_safe(code.svg_inline(title=title, border=2, omitsize=True))  # noqa: S308
