"""The facts of an extension: those of process 1, and what the institution has today."""

from dataclasses import dataclass

from ..authorisation import selectors as first
from ..records import EnterpriseRight, RoleHolding


@dataclass(frozen=True)
class Facts(first.Facts):
    schemes: tuple
    right: str
    responsible_today: bool


def facts(case, at) -> Facts:
    base = first.facts(case, at)
    right = EnterpriseRight.objects.at(at).filter(institution=case.institution_id).first()
    held = RoleHolding.objects.at(at).filter(institution=case.institution_id, role="responsible")
    return Facts(
        **vars(base), schemes=tuple(case.institution.schemes), right=right.right if right else "",
        responsible_today=held.exists(),
    )  # fmt: skip
