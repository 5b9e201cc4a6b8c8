"""Reads of institutions allowed on a project: the facts that the rules test."""

import datetime as dt
from dataclasses import dataclass

from fsesys.core import clock
from institutions import belonging
from institutions.records import AuthorisationPeriod

from .. import living, owning, word


@dataclass(frozen=True)
class Facts:
    today: dt.date
    owner: int | None
    spoke: tuple
    allowed: frozenset
    authorised: object  # ids of authorised institutions, asked of when one is chosen


class Authorised:
    """Whether an institution is authorised at the instant: asked one by one."""

    def __init__(self, at):
        self.at = at

    def __contains__(self, institution):
        return AuthorisationPeriod.objects.at(self.at).filter(institution=institution).exists()


def facts(case, at) -> Facts:
    allowed = owning.allowed(case.project_id, at)
    return Facts(
        today=clock.day_of(at), owner=case.institution_id,
        spoke=word.spoke(case.institution_id, at), authorised=Authorised(at),
        allowed=frozenset(row.institution_id for row in allowed),
    )  # fmt: skip


def interests(case, at) -> frozenset:
    """Who belongs to the owner, and who to the institution that is to be allowed."""
    return living.interests(case, at) | belonging.people_of([case.member_id], at)
