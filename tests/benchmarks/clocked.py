"""Interleaved rounds: every contestant once a round, so that what disturbs one disturbs all.

Belongs here: how a time is taken and what is said of many of them.
"""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass, field


@dataclass
class Times:
    """Milliseconds of one contestant, a value per round."""

    taken: list = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.taken)

    @property
    def p95(self) -> float:
        return sorted(self.taken)[min(len(self.taken) - 1, round(0.95 * len(self.taken)))]


def race(contestants: dict, rounds: int, warm: int = 1) -> dict:
    """{name: Times} of callables; the order turns round by round, garbage is collected between."""
    found = {name: Times() for name in contestants}
    names = list(contestants)
    for number in range(-warm, rounds):
        shift = number % len(names)
        gc.collect()
        for name in names[shift:] + names[:shift]:
            begun = time.perf_counter()
            contestants[name]()
            spent = (time.perf_counter() - begun) * 1000
            if number >= 0:
                found[name].taken.append(spent)
    return found


def ratio(one: Times, other: Times) -> float:
    """The median of the ratios of the same rounds: noise that hits a round hits both."""
    return statistics.median(a / b for a, b in zip(one.taken, other.taken, strict=True))
