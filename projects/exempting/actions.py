"""What happens with the exemption of a project: one function per verb."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fsesys.core import dependants, facts
from fsesys.core.door import begin

from .. import living
from ..records import Exemption
from .models import ExemptionCase

TITLES = {
    "exemption_granted": _("Your project is exempted"),
    "exemption_refused": _("Decision on an exemption of your project"),
    "exemption_ended": _("The exemption of your project ends"),
}


@transaction.atomic
def exempt(project, *, by, reason, paragraph="", **door):
    """The chief statistician exempted the project from now on."""
    event = _begin(project, "exempt", by, reason, door)
    Exemption.objects.create(
        project=event.case.project, case=event.case, from_at=event.at, recorded_at=event.at,
        recorded_by=event.by, event=event,
    )  # fmt: skip
    return _tell(event, "exemption_granted", paragraph)


@transaction.atomic
def refuse_exemption(project, *, by, reason, paragraph="", **door):
    """The chief statistician did not exempt the project."""
    return _tell(_begin(project, "refuse_exemption", by, reason, door), "exemption_refused",
                 paragraph)  # fmt: skip


@transaction.atomic
def end_exemption(project, *, by, reason, listed=(), confirmed=False, paragraph="", **door):
    """The chief statistician ended the exemption from this moment."""
    told = {"typed": {"listed": listed, "confirmed": confirmed},
            "facts": {"dependants": sorted(listed)}}  # fmt: skip
    event = _begin(project, "end_exemption", by, reason, door | told)
    rows = Exemption.objects.at(event.at).filter(project=project)
    facts.end_all(list(rows), at=event.at, by=event.by, event=event, to_at=event.at)
    dependants.end(event.facts["dependants"], event, event.at)
    return _tell(event, "exemption_ended", paragraph)


def _begin(project, verb, by, reason, door):
    return begin(ExemptionCase, by=by, verb=verb, reason=reason, **living.columns(project),
                 responsible=living.caretaker(project), **door)  # fmt: skip


def _tell(event, template, paragraph):
    living.write(event, template, TITLES[template], {"reasons": event.reason}, paragraph)
    return event
