"""The tables of this app: the register and process 1."""

from .authorisation.models import AgreementVersion, AuthorisationCase, Vote
from .extension.models import ExtensionCase
from .hold.models import HoldCase
from .records import (
    AuthorisationPeriod,
    EnterpriseRight,
    Institution,
    InstitutionHold,
    Organisation,
    RoleHolding,
)
from .responsible.models import ResponsibleCase
from .termination.models import TerminationCase

__all__ = [
    "AgreementVersion", "AuthorisationCase", "AuthorisationPeriod", "EnterpriseRight",
    "ExtensionCase", "HoldCase", "Institution", "InstitutionHold", "Organisation",
    "ResponsibleCase", "RoleHolding", "TerminationCase", "Vote",
]  # fmt: skip
