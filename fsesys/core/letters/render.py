"""From HTML to the PDF that is kept: tagged PDF/A with our fonts, made in a killable process.

What a letter says is compose.py's, how a page is drawn is drawing.py's. The same HTML gives
the same bytes as long as the library stays the same: keep the bytes, never render twice.
"""

import logging

from django.utils.translation import gettext as _

from .isolation import Failed, Press

log = logging.getLogger(__name__)
_press = Press("fsesys.core.letters.drawing")


class RenderFailed(Exception):
    """The letter could not be made. `sentence` says why and what to do, in whole words."""

    def __init__(self, sentence: str):
        self.sentence = sentence
        super().__init__(sentence)


def render(html: str, *, timeout: float = 30, memory_mb: int = 1024) -> bytes:
    """The letter as a tagged PDF/A-2a with the HTML's own title and language.

    Fetches nothing and opens no file: whatever is not a data: address stops the letter.
    `timeout` is seconds, `memory_mb` the child's address space in MB. Raises RenderFailed.
    """
    try:
        return _press.run(html.encode(), timeout=timeout, memory_mb=memory_mb)
    except Failed as failure:
        log.error("letter not rendered: %s", failure)
        raise RenderFailed(_sentence(failure)) from failure


def _sentence(failure: Failed) -> str:
    if failure.cause == "missing":
        return _(
            "Letters cannot be made on this machine because the Pango library is missing. "
            "Install the packages libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0."
        )
    if failure.cause == "late":
        return _("The letter took too long to make. Shorten its text and try again.")
    if failure.detail == "memory" or failure.cause == "died":
        return _("The letter needed too much memory. Shorten its text and try again.")
    return _("The letter could not be made: %(cause)s") % {"cause": failure.detail}
