"""The tables of this app."""

from .association.models import AssociationCase
from .records import Association, CertificationPass, PersonHold, Researcher

__all__ = ["Association", "AssociationCase", "CertificationPass", "PersonHold", "Researcher"]
