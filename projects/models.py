"""The tables of this app."""

from .allowing.models import AllowingCase
from .ending.models import EndingCase
from .exempting.models import ExemptionCase
from .grant.models import GrantCase
from .hold.models import ProjectHoldCase
from .proposal.models import ExternalApproval, PlannedRegister, ProposalCase, ProposalVersion
from .records import (
    AllowedInstitution,
    DataBasis,
    Exemption,
    Grant,
    Project,
    ProjectHold,
    ProjectOwner,
    ProjectPeriod,
    Register,
    RegisterFlag,
)

__all__ = [
    "AllowedInstitution", "AllowingCase", "DataBasis", "EndingCase", "Exemption", "ExemptionCase",
    "ExternalApproval", "Grant", "GrantCase", "PlannedRegister", "Project", "ProjectHold",
    "ProjectHoldCase", "ProjectOwner", "ProjectPeriod", "ProposalCase",
    "ProposalVersion", "Register", "RegisterFlag",
]  # fmt: skip
