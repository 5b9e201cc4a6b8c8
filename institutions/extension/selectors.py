"""The facts of an extension: those of process 1, and what the institution has today."""

import datetime as dt
from dataclasses import dataclass

from .. import selectors
from ..authorisation import selectors as first
from ..changes.selectors import held_at
from ..records import EnterpriseRight


@dataclass(frozen=True)
class Facts(first.Facts):
    schemes: tuple
    right: str
    responsible_today: int | None
    named_until: dt.date | None  # the last day in the role of who is named, where it has ended


def facts(case, at) -> Facts:
    base = first.facts(case, at)
    right = EnterpriseRight.objects.at(at).filter(institution=case.institution_id).first()
    head = selectors.head_of(case.institution_id, at)
    ended = case.head_id and (head is None or head.pk != case.head_id)
    return Facts(
        **vars(base), schemes=tuple(held_at(case.institution, at).schemes), right=right.right if right else "",
        responsible_today=head and head.pk,
        named_until=selectors.responsible_until(case.institution_id, case.head_id) if ended
        else None,
    )  # fmt: skip
