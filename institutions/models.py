"""The tables of this app: the register and process 1."""

from .authorisation.models import AgreementVersion, AuthorisationCase, Vote
from .change_roles.models import RoleCase
from .changes.models import ChangeCase
from .extension.models import ExtensionCase
from .hold.models import HoldCase
from .limiting.models import LimitCase
from .records import (
    AuthorisationPeriod,
    EnterpriseRight,
    Institution,
    InstitutionFacts,
    InstitutionHold,
    Organisation,
    RoleHolding,
    Succession,
)
from .responsible.models import ResponsibleCase
from .review.models import ReviewCase
from .succession.models import SuccessionCase
from .termination.models import TerminationCase

__all__ = [
    "AgreementVersion", "AuthorisationCase", "AuthorisationPeriod", "ChangeCase", "EnterpriseRight",
    "ExtensionCase", "HoldCase", "Institution", "InstitutionFacts", "InstitutionHold", "LimitCase", "Organisation",
    "ResponsibleCase", "ReviewCase", "RoleCase", "RoleHolding", "Succession", "SuccessionCase",
    "TerminationCase", "Vote",
]  # fmt: skip
