"""Every table of core, by noun."""

from .cases import Case, Edge, ImportBatch, ProcessEvent
from .checklists import Checklist, Criterion, CriterionAnswer
from .documents import Document, Notice, Rendering, Signature
from .files import File
from .office import OfficeBlock
from .parameters import ParameterValue
from .pending import PendingDecision, ProposedFile
from .people import Person, User
from .questions import Question
from .roles import RoleMembership, StandIn

__all__ = [
    "Case",
    "Checklist",
    "Criterion",
    "CriterionAnswer",
    "Document",
    "Edge",
    "File",
    "ImportBatch",
    "Notice",
    "OfficeBlock",
    "ParameterValue",
    "PendingDecision",
    "Person",
    "ProcessEvent",
    "ProposedFile",
    "Question",
    "Rendering",
    "RoleMembership",
    "Signature",
    "StandIn",
    "User",
]
