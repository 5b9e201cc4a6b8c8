"""Every table of core, by noun."""

from .cases import Case, Edge, ImportBatch, ProcessEvent
from .checklists import Checklist, Criterion, CriterionAnswer
from .documents import Document, Notice, Rendering, Signature
from .files import File
from .office import OfficeBlock
from .parameters import ParameterValue
from .people import Person, User
from .questions import Question
from .roles import RoleMembership

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
    "Person",
    "ProcessEvent",
    "Question",
    "Rendering",
    "RoleMembership",
    "Signature",
    "User",
]
