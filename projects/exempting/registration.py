"""Makes exemptions of projects known to core."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fsesys.core import dependants, forms
from fsesys.core.hanging import HangingForm
from institutions.records import EnterpriseRight

from .. import living, owning
from . import actions, views
from .machine import MACHINE
from .models import ExemptionCase


def losing(project_id, at) -> list:
    """What the end of the exemption breaks, as Dependants."""
    return dependants.of(f"exemption:{project_id}", at)


class EndForm(HangingForm):
    reason = forms.text(_("Reason"))
    order = ("reason",)

    def listing(self, at):
        return losing(self.subject.pk, at)


FORMS = dict.fromkeys(("exempt", "refuse_exemption"), forms.ReasonLetterForm)


@dataclass(frozen=True)
class Facts:
    """entitled: whether the owner may use restricted enterprise data itself. dependants: keys."""

    owner: int | None
    entitled: bool
    exempted: bool
    dependants: tuple


def facts(case, at) -> Facts:
    owner = case.institution_id
    rights = EnterpriseRight.objects.at(at).filter(institution=owner, right="full")
    return Facts(owner, rights.exists(), owning.exempted(case.project_id, at),
                 dependants.keys(lambda: losing(case.project_id, at)))  # fmt: skip


def register():
    living.register(
        MACHINE, ExemptionCase, living.verbs(MACHINE, actions), facts=facts,
        forms=FORMS | {"end_exemption": EndForm} | living.FORMS, page=views.ExemptionPage,
    )  # fmt: skip
