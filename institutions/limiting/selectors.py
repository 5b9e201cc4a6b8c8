"""Reads of limits of enterprise data: the facts that the rules test."""

from dataclasses import dataclass
from functools import partial

from fsesys.core import dependants

from ..records import EnterpriseRight

LOST = {"limit_to_exemption": "full_right", "end_right": "right"}  # verb -> what ends by it


@dataclass(frozen=True)
class Facts:
    """right: the one that runs, empty for none. losing: {verb: keys of what breaks by it}."""

    right: str
    losing: dict


def facts(case, at) -> Facts:
    right = EnterpriseRight.objects.at(at).filter(institution=case.institution_id).first()
    return Facts(
        right=right.right if right else "",
        losing={verb: dependants.keys(partial(listed, case.institution_id, verb, at))
                for verb in LOST},
    )  # fmt: skip


def listed(institution_id, verb, at) -> list:
    """The Dependants that the verb breaks."""
    return dependants.of(f"{LOST[verb]}:{institution_id}", at)
