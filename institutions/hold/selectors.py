"""Reads of holds on institutions: the facts that the rules test."""

from dataclasses import dataclass

from fsesys.core.holding import selectors as holds

from ..records import AuthorisationPeriod, InstitutionHold


@dataclass(frozen=True)
class Facts(holds.Facts):
    authorised: bool


def facts(case, at) -> Facts:
    period = AuthorisationPeriod.objects.at(at).filter(institution=case.institution_id)
    return Facts(authorised=period.exists(), **holds.read(InstitutionHold, case, at))
