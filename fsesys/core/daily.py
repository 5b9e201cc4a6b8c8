"""The daily work of every process: one case after the other, each in its own transaction."""

import logging

from .refusal import Refused

log = logging.getLogger(__name__)


def one_by_one(found, act) -> int:
    """`act(one)` for each; returns how many were done. What is refused stays as it is, and is logged."""
    return sum(_done(one, act) for one in found)


def _done(one, act) -> bool:
    try:
        act(one)
    except Refused as refused:
        log.info("left as it is: %s: %s", one, refused)
        return False
    return True
