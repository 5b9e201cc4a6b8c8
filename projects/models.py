"""The tables of this app."""

from .grant.models import GrantCase
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
    "AllowedInstitution", "DataBasis", "Exemption", "Grant", "GrantCase", "Project", "ProjectHold",
    "ProjectOwner", "ProjectPeriod", "Register", "RegisterFlag",
]  # fmt: skip
