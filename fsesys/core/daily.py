"""The daily work of every process: one case after the other, each in its own transaction."""

import logging

from .refusal import Refused

log = logging.getLogger(__name__)


def one_by_one(found, act) -> int:
    """`act(one)` for each record; returns how many were done. What is refused stays as it is and is
    logged, by its id: no name stands in a log."""
    return sum(_done(one, act) for one in found)


def _done(one, act) -> bool:
    try:
        act(one)
    except Refused as refused:
        log.info("%s %s is left as it is: %s", one._meta.label, one.pk, refused)
        return False
    return True
