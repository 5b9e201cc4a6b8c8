"""The tables of this app."""

from .grant.models import GrantCase
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
    "AllowedInstitution", "DataBasis", "Exemption", "ExternalApproval", "Grant", "GrantCase",
    "PlannedRegister", "Project", "ProjectHold", "ProjectOwner", "ProjectPeriod", "ProposalCase",
    "ProposalVersion", "Register", "RegisterFlag",
]  # fmt: skip
