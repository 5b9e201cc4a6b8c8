"""The tables of this app: the register and process 1."""

from .authorisation.models import AgreementVersion, AuthorisationCase, Vote
from .extension.models import ExtensionCase
from .records import AuthorisationPeriod, EnterpriseRight, Institution, Organisation, RoleHolding
from .responsible.models import ResponsibleCase

__all__ = [
    "AgreementVersion", "AuthorisationCase", "AuthorisationPeriod", "EnterpriseRight", "ExtensionCase",
    "Institution", "Organisation", "ResponsibleCase", "RoleHolding", "Vote",
]  # fmt: skip
