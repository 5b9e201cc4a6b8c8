"""The tables of this app."""

from .records import Association, CertificationPass, PersonHold, Researcher

__all__ = ["Association", "CertificationPass", "PersonHold", "Researcher"]
