"""Makes exemptions of projects known to core."""

from dataclasses import dataclass

from fsesys.core import forms
from institutions.records import EnterpriseRight

from .. import living, owning
from . import actions, views
from .machine import MACHINE
from .models import ExemptionCase

FORMS = dict.fromkeys(("exempt", "refuse_exemption", "end_exemption"), forms.ReasonLetterForm)


@dataclass(frozen=True)
class Facts:
    """entitled: whether the owner may use restricted enterprise data itself."""

    owner: int | None
    entitled: bool
    exempted: bool


def facts(case, at) -> Facts:
    owner = case.institution_id
    rights = EnterpriseRight.objects.at(at).filter(institution=owner, right="full")
    return Facts(owner, rights.exists(), owning.exempted(case.project_id, at))


def register():
    living.register(
        MACHINE, ExemptionCase, living.verbs(MACHINE, actions), facts=facts,
        forms=FORMS | living.FORMS, page=views.ExemptionPage,
    )  # fmt: skip
