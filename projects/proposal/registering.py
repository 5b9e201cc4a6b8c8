"""How a proposal comes in: the first, which makes the project; a re-proposal; a new version."""

from django.db import transaction
from django.utils.translation import gettext as _

from fsesys.core import clock, door, issuing
from fsesys.core.door import perform
from fsesys.core.parameters import parameters
from institutions.authorisation.registering import on_record
from institutions.records import Institution

from .. import living, owning
from ..records import Project, ProjectOwner
from . import documents, versions
from .models import ProposalCase


@transaction.atomic
def register_proposal(
    institution,
    *,
    by,
    stated,
    officer,
    upload,
    scheme="researcher",
    database=None,
    key=None,
    paragraph="",
):
    """The secretary registered a proposal: the project got its number, its owner and its task.

    stated: what the proposal says (forms.stated). officer: the FSE project owner. upload: the
    document that shows the institution's own approval.
    """
    key, at = door.once(key), clock.read()
    door.entitled(ProposalCase, "register_proposal", by, at)
    _alone(institution.pk)
    about = {"scheme": scheme, "database": database, "officer": officer}
    project = _project(by, at, stated, **about)
    ids = about | {"database": database and database.pk, "officer": officer.pk}
    event = door.begin(
        ProposalCase, by=by, verb="register_proposal", key=key, project=project, version=1,
        institution=institution, subject_key=project.subject_key, subject_label=str(project),
        responsible=officer, typed=versions.typed(stated, upload) | ids,
    )  # fmt: skip
    ProjectOwner.objects.create(
        project=project, institution=institution, case=event.case, from_at=event.at,
        recorded_at=event.at, recorded_by=event.by, event=event,
    )  # fmt: skip
    _put(event, stated, upload, None)
    return _receipt(event, paragraph)


def _project(by, at, stated, **about):
    project = Project(
        number=owning.next_number(at), title=stated["title"],
        contact=on_record(stated["contact"]), performer=stated["performer"],
        controller=stated["controller"], **about,
    )  # fmt: skip
    project._history_user = by
    project.save()
    return project


@transaction.atomic
def register_reproposal(project, *, by, stated, upload, paragraph="", **more):
    """The secretary registered a re-proposal; what is in force stays in force meanwhile."""
    before = _held(project)
    event = door.begin(
        ProposalCase, by=by, verb="register_reproposal", again=True,
        version=versions.next_number(project), responsible=living.caretaker(project),
        typed=versions.typed(stated, upload, _decided(project, before)), **living.columns(project),
        **more,
    )  # fmt: skip
    _put(event, stated, upload, before)
    return _receipt(event, paragraph)


def _held(project):
    """The version it is compared with; nobody else adds one until this transaction ends."""
    owner = owning.owner(project, clock.now())
    _alone(owner and owner.pk)
    list(Project.objects.select_for_update(no_key=True, of=("self",)).filter(pk=project.pk))
    return versions.former(project)


def _decided(project, before):
    """`before`, where both sides signed it and it lasts. What ended, and what never was signed, needs
    a decision whether or not anything is new."""
    signed = before and before.number in {row.version for row in owning.periods(project)}
    return before if signed and owning.lasts(project, clock.read()) else None


def _alone(institution):
    """Proposals of one institution come in one by one: it has one project database."""
    list(Institution.objects.filter(pk=institution).select_for_update(no_key=True, of=("self",)))


@transaction.atomic
def register_resubmission(case, *, by, stated, upload, paragraph="", **more):
    """The secretary registered a revised proposal: the next version, beside the last."""
    event = _again(case, "register_resubmission", by, stated, upload, more)
    return _receipt(event, paragraph)


@transaction.atomic
def redraft(case, *, by, reason, stated, upload, **more):
    """The officer drafted the proposal anew with the institution; it is assessed anew."""
    return _again(case, "redraft", by, stated, upload, more | {"reason": reason})


def _again(case, verb, by, stated, upload, more):
    case = door.hold(case)
    before = case.proposal
    event = perform(
        case, verb, by=by, typed=versions.typed(stated, upload, before),
        changes={"version": versions.next_number(case.project), "lapse_on": None,
                 "right_title": ""}, **more,
    )  # fmt: skip
    _put(event, stated, upload, before)
    return event


def _put(event, stated, upload, before):
    version = versions.put(event, event.case.version, stated, before)
    title = _("The institution's approval of version %(number)d") % {"number": version.number}
    issuing.file_in(
        event, upload, kind="application", title=title, sender=version.approved_by.name,
        received_on=version.received_on, channel=version.approved_channel,
    )  # fmt: skip
    return version


def _receipt(event, paragraph):
    days = parameters(clock.day_of(event.at))["target_assessment"]
    documents.write(event, "proposal_receipt", documents.receipt(event.case, days), paragraph)
    return event
