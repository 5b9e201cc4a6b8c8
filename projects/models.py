"""The tables of this app."""

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
    "AllowedInstitution", "DataBasis", "Exemption", "Grant", "Project", "ProjectHold",
    "ProjectOwner", "ProjectPeriod", "Register", "RegisterFlag",
]  # fmt: skip
