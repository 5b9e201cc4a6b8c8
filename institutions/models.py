"""The tables of this app: the register and process 1."""

from .authorisation.models import AgreementVersion, AuthorisationCase, Vote
from .records import AuthorisationPeriod, EnterpriseRight, Institution, Organisation, RoleHolding
from .responsible.models import ResponsibleCase

__all__ = [
    "AgreementVersion", "AuthorisationCase", "AuthorisationPeriod", "EnterpriseRight",
    "Institution", "Organisation", "ResponsibleCase", "RoleHolding", "Vote",
]  # fmt: skip
