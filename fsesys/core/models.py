"""Every table of core, by noun."""

from .cases import Case, Edge, ImportBatch, ImportUpload, ProcessEvent
from .checklists import Checklist, Criterion, CriterionAnswer, Enclosure
from .documents import Document, Notice, Rendering, Signature
from .files import File
from .office import OfficeBlock
from .parameters import ParameterValue
from .pending import PendingDecision, ProposedFile
from .people import Person, User
from .printing import Printed
from .questions import Question
from .roles import RoleMembership, StandIn
from .staffing.models import StaffCase

__all__ = [
    "Case",
    "Checklist",
    "Criterion",
    "CriterionAnswer",
    "Document",
    "Edge",
    "Enclosure",
    "File",
    "ImportBatch",
    "ImportUpload",
    "Notice",
    "OfficeBlock",
    "ParameterValue",
    "PendingDecision",
    "Person",
    "Printed",
    "ProcessEvent",
    "ProposedFile",
    "Question",
    "Rendering",
    "RoleMembership",
    "Signature",
    "StaffCase",
    "StandIn",
    "User",
]
