"""Spans of time as the database writes them. What a span means is said in access.py."""

import datetime as dt
import re
from functools import lru_cache

RANGE = re.compile(r'[\[(]"?([^",]*)"?,"?([^")\]]*)"?[)\]]')


@lru_cache(maxsize=20_000)  # many rows rest on the same facts; reading a span costs most of a row
def read_spans(written) -> tuple:
    """The spans of a multirange as the database writes it; None for no end."""
    return tuple((_instant(since), _instant(until)) for since, until in RANGE.findall(written))


def written_spans(spans) -> str:
    """The multirange as the database reads it."""
    ends = [[at.isoformat() if at else "" for at in span] for span in spans]
    return "{" + ",".join(f"[{since},{until})" for since, until in ends) + "}"


def _instant(written):
    return dt.datetime.fromisoformat(written) if written else None
