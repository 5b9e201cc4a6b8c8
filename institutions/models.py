"""The tables of this app: the register and process 1."""

from .authorisation.models import AgreementVersion, AuthorisationCase, Vote
from .records import AuthorisationPeriod, EnterpriseRight, Institution, Organisation, RoleHolding

__all__ = [
    "AgreementVersion", "AuthorisationCase", "AuthorisationPeriod", "EnterpriseRight",
    "Institution", "Organisation", "RoleHolding", "Vote",
]  # fmt: skip
