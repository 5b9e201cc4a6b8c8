"""What the letters of process 3 say, in the owner's language; rendering is core's."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core import issuing
from fsesys.core.wording import day, when

from .. import living
from . import selectors

TITLES = {
    "proposal_receipt": gettext_lazy("Receipt for your project proposal"),
    "proposal_questions": gettext_lazy("Questions about your project proposal"),
    "proposal_return": gettext_lazy("Your project proposal must be revised"),
    "project_agreement": gettext_lazy("Project agreement"),
    "project_in_force": gettext_lazy("Your project is in force"),
    "signature_refused": gettext_lazy("The project agreement was not signed"),
    "proposal_rejection": gettext_lazy("Decision on your project proposal"),
    "proposal_withdrawal": gettext_lazy("Your project proposal is withdrawn"),
    "proposal_lapse": gettext_lazy("Your project proposal has lapsed"),
    "proposal_reopening": gettext_lazy("Your project proposal is handled again"),
    "project_ending": gettext_lazy("Your project ends soon"),
}


def write(event, template, context, paragraph="", to=None):
    """Issue the letter to the contact person whom the version names."""
    case = event.case
    about = case.proposal or case.project  # an imported project has no version to speak of
    with translation.override(case.institution.language):
        known = {"version": case.version, "title": case.title,
                 "answer_by": day(case.lapse_on)}  # fmt: skip
        return living.write(
            event, template, TITLES[template], known | context, paragraph, to or about.contact
        )


def write_agreement(event, paragraph=""):
    """The project agreement, signed by who approved; each signatory of today gets it to sign."""
    case = event.case
    people = list(selectors.signatories(case.proposal, case.institution_id, event.at))
    with translation.override(case.institution.language):
        context = agreement(event, people)
    document = write(event, "project_agreement", context, paragraph, people[0])
    for person in people[1:]:
        issuing.queue(event, to_name=person.name, to_mail=person.mail, subject=document.title,
                      language=document.language, document=document)  # fmt: skip
    return document


def agreement(event, people) -> dict:
    case = event.case
    version, project = case.proposal, case.project
    texts = ("purpose", "population", "full_register_reason", "external_data", "outputs",
             "legal_basis")  # fmt: skip
    return {name: getattr(version, name) for name in texts} | {
        "authorisation_number": case.institution.authorisation_number or "",
        "performer": str(version.performer or ""), "controller": str(version.controller or ""),
        "database": str(project.database or ""),
        "full_register": "yes" if version.full_register else "no",
        "members": [{"name": str(one), "number": one.authorisation_number or ""}
                    for one in version.members.select_related("parent").order_by("search")],
        "first_on": day(version.first_on), "last_on": day(version.last_on),
        "registers": [
            {"name": str(row.register), "from": row.year_from or "", "to": row.year_to or ""}
            for row in version.registers.select_related("register")
        ],
        "signed_by": event.by.name, "signed_at": when(event.at),
        "signatories": [{"name": person.name, "title": person.title} for person in people],
        "contact_person": version.contact.name,
    }  # fmt: skip


def receipt(case, days) -> dict:
    with translation.override(case.institution.language):
        return {"received_on": day(case.proposal.received_on), "expected_days": days,
                "again": case.again}  # fmt: skip


def questions(rows) -> dict:
    case = rows[0].case
    with translation.override(case.institution.language):
        return {"due_on": day(rows[0].due_on), "questions": [
            {"number": row.number, "about": row.about, "text": row.text} for row in rows]}  # fmt: skip


def in_force(case, start) -> dict:
    with translation.override(case.institution.language):
        return {"first_on": day(start), "last_on": day(case.proposal.last_on)}


def ending(case, last_day) -> dict:
    with translation.override(case.institution.language):
        return {"last_day": day(last_day)}


def why_lapsed(case) -> str:
    with translation.override(case.institution.language):
        return {
            "awaiting_applicant": _("We have not received an answer to our questions."),
            "returned": _("We have not received a revised proposal."),
            "approved": _("We have not received the project agreement with your signature."),
        }.get(case.state, "")


def file_refusal(event, upload, refused_on):
    """The letter in which the signatory refused."""
    return issuing.file_in(event, upload, kind="letter", title=_("Refusal to sign"),
                           sender=str(event.case.institution), received_on=refused_on)  # fmt: skip
