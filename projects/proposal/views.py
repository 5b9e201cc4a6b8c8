"""The pages of a proposal: what it says, what it changes, the assessment, and its verbs."""

from django.db.models import Q
from django.urls import path
from django.utils.translation import gettext as _

from fsesys.core import casepage, clock
from fsesys.core.documents import LANGUAGES
from fsesys.core.openings import OpeningPage
from institutions.records import Institution

from .. import living
from . import documents, selectors, versions
from .models import ProposalCase, ProposalVersion

HOME = living.home("proposal")
EARLIER = 10


class ProposalPage(living.CasePage):
    process = "proposal"
    facts_template = "projects/compared.html"

    def page(self, case, by):
        sides = versions.beside(case.proposal) if case.proposal else []
        return super().page(case, by) | {"sides": sides, "version": case.version}

    def sections(self, case):
        version, project = case.proposal, case.project
        known = [
            (_("Project number"), project.number), (_("Owner"), str(case.institution)),
            (_("Scheme"), project.get_scheme_display()),
            (_("Project database"), str(project.database or "")),
        ]  # fmt: skip
        if version is None:  # imported: what was approved stands in papers
            return [{"title": _("Project"), "rows": casepage.rows(*known)},
                    {"title": _("Other proposals of the institution and the contact person"),
                     "rows": earlier(case)}]  # fmt: skip
        return [
            {"title": _("Project"), "rows": casepage.rows(
                *known,
                (_("Kind of case"), _("re-proposal") if case.again else _("first proposal")),
                (_("Version"), version.number),
                (_("Approved at the institution"), _("%(person)s on %(day)s") % {
                    "person": version.approved_by.name,
                    "day": casepage.day(version.approved_on)}),
                (_("Received on"), casepage.day(version.received_on)),
            )},
            {"title": _("What the proposal says"), "rows": casepage.rows(*versions.told(version).items())},
            {"title": _("Other proposals of the institution and the contact person"), "rows": earlier(case)},
        ]  # fmt: skip

    def checklist(self, case):
        event = next((e for e in reversed(case.story) if e.verb == "approve"), None)
        return casepage.checklist(case, event, selectors.first.criteria)

    def superseded(self, case):
        """Agreements that were taken back, refused or drafted anew."""
        standing = selectors.agreement(case) if case.state in ("approved", "in_force") else None
        sent = case.documents.filter(template="project_agreement")
        return set(sent.exclude(pk=standing and standing.pk).values_list("pk", flat=True))

    def people(self, case):
        contact = case.proposal.contact if case.proposal else case.project.contact
        return casepage.rows((_("FSE project owner"), case.responsible.name),
                    (_("Contact person"), f"{contact.name} {contact.mail}" if contact else ""))  # fmt: skip

    def alerts(self, case):
        return casepage.lapse(case)


def earlier(case) -> list:
    """The latest other proposals of the same institution and contact person, and how each went."""
    theirs = Q(institution=case.institution_id)
    if case.proposal:
        named = ProposalVersion.objects.filter(contact=case.proposal.contact_id).values("case")
        theirs |= Q(pk__in=named)
    others = ProposalCase.objects.filter(theirs).exclude(pk=case.pk)
    return [
        {"label": one.number, "url": f"{HOME}{one.number}/",
         "value": f"{one.subject_label}: {one.state_now.label}"}
        for one in others.order_by("-opened_at")[:EARLIER]
    ]  # fmt: skip


class ProposalVerb(living.VerbPage):
    def letters(self, case, move):
        version = case.proposal
        people = [version.contact if version else case.project.contact]
        if version and "project_agreement" in move.letters:
            people = selectors.signatories(version, case.institution_id, clock.now())
        to = "; ".join(f"{person.name}, {person.mail}" for person in people if person)
        language = dict(LANGUAGES)[case.institution.language]
        return [{"title": documents.TITLES[name], "to": to, "channel": language}
                for name in move.letters]  # fmt: skip


class Registering(OpeningPage):
    """The first proposal, opened from the institution that is to own the project."""

    process = "proposal"

    def record(self, pk):
        return Institution.objects.select_related("parent").filter(pk=pk).first()

    def url(self, record):
        return f"/institutions/{record.pk}/"

    def columns(self, record):
        return {"subject_key": "project:new", "subject_label": str(record), "version": 1,
                "institution": record}  # fmt: skip

    def letters(self, record, move):
        return [{"title": documents.TITLES[name], "to": _("the contact person"),
                 "channel": dict(LANGUAGES)[record.language]} for name in move.letters]  # fmt: skip


urlpatterns = [
    path(
        "projects/register/<int:pk>/",
        Registering.as_view(),
        {"verb": "register_proposal"},
        name="register-proposal-of",
    ),
    *living.routes("proposal", page=ProposalPage, verb=ProposalVerb, titles=documents.TITLES),
]
