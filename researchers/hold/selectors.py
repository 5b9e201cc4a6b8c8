"""Reads of holds on people: the facts that the rules test."""

from fsesys.core.holding import selectors as holds

from ..records import PersonHold


def facts(case, at) -> holds.Facts:
    return holds.Facts(**holds.read(PersonHold, case, at))
