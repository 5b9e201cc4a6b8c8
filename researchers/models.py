"""The tables of this app."""

from .association.models import AssociationCase
from .certification.models import CertificationCase
from .hold.models import PersonHoldCase
from .records import Association, CertificationPass, PersonHold, Researcher
from .same_person.models import SamePersonCase

__all__ = [
    "Association",
    "AssociationCase",
    "CertificationCase",
    "CertificationPass",
    "PersonHold",
    "PersonHoldCase",
    "Researcher",
    "SamePersonCase",
]
