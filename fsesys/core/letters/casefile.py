"""One PDF of a case file: its own pages first, then every document behind them, in order."""

from .isolation import Failed, Press
from .render import RenderFailed, _sentence

SECONDS, MEMORY_MB = 120, 2048
_press = Press("fsesys.core.letters.merging")


def bind(first: bytes, title: str, files: list) -> bytes:
    """files: {title, media_type, excuse, content}. Raises RenderFailed."""
    about = [{key: one[key] for key in ("title", "media_type", "excuse")} for one in files]
    bodies = [one["content"] for one in files]
    facts = {"title": title, "files": about}
    try:
        return _press.run(first, *bodies, timeout=SECONDS, memory_mb=MEMORY_MB, facts=facts)
    except Failed as failure:
        raise RenderFailed(_sentence(failure)) from failure
