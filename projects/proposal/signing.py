"""The institution's signature on a project agreement: in force from then on, or refused.

Beside actions.py because the dated facts of a project in force are a noun of their own.
"""

from django.db import transaction
from django.db.models import Q

from fsesys.core import clock
from fsesys.core.clock import after
from fsesys.core.door import hold, perform
from fsesys.core.facts import end_all
from institutions import signatures

from ..records import DataBasis, ProjectPeriod
from . import documents, following, selectors


@transaction.atomic
def register_signature(
    case, *, by, upload, road, signed_on, signer, document_number="", paragraph="", **more
):  # fmt: skip
    """The signatory signed: this version is in force, the former one ended at that instant."""
    case = hold(case)
    event = signatures.register_copy(
        case, "register_signature", by=by, document=selectors.agreement(case), side="them",
        upload=upload, road=road, signed_on=signed_on, signer=signer, number=document_number,
        changes={"lapse_on": None}, **more,
    )  # fmt: skip
    version, project = event.case.proposal, event.case.project
    start = max(event.at, clock.midnight(version.first_on))
    _end(event, start)
    _begin(event, version, start, signed_on)
    following.follow(project, event.at, by, officer=event.case.responsible, legacy=False)
    context = documents.in_force(event.case, clock.day_of(start))
    documents.write(event, "project_in_force", context, paragraph)
    return event


def _end(event, at):
    """What of the former versions would run on at the instant ends there."""
    for model in (ProjectPeriod, DataBasis):
        rows = model.objects.known().filter(project=event.case.project_id)
        rows = list(rows.filter(Q(to_at=None) | Q(to_at__gt=at)))
        end_all(rows, at=event.at, by=event.by, event=event, to_at=at)


def _begin(event, version, start, signed_on):
    record = {
        "project": event.case.project, "case": event.case, "version": version.number,
        "from_at": start, "to_at": after(version.last_on), "recorded_at": event.at,
        "recorded_by": event.by, "event": event,
    }  # fmt: skip
    ProjectPeriod.objects.create(signed_on=signed_on, **record)
    for row in version.registers.all():
        DataBasis.objects.create(
            register_id=row.register_id, year_from=row.year_from, year_to=row.year_to, **record
        )


def undone(last, event):
    """The former version runs again, and so do its title and contact person."""
    project = event.case.project
    following.follow(project, event.at, event.by.account, **following.papers(project))


@transaction.atomic
def register_refusal_to_sign(
    case, *, by, reason, signer, refused_on, upload=None, paragraph="", **more
):  # fmt: skip
    """The signatory refused to sign; the contact person can revise the proposal."""
    event = perform(
        case, "register_refusal_to_sign", by=by, reason=reason, facts={"signer": signer},
        typed={"signer": signer, "refused_on": refused_on},
        changes=selectors.silent_until(clock.today()), **more,
    )  # fmt: skip
    if upload:
        documents.file_refusal(event, upload, refused_on)
    documents.write(event, "signature_refused", {"reasons": reason}, paragraph)
    return event
