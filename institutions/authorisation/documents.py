"""What the letters of process 1 say: one context builder per letter. Rendering is core's."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core import clock
from fsesys.core.issuing import issue
from fsesys.core.wording import day

from .. import kinds
from ..changes.selectors import as_of

TITLES = {
    "receipt": gettext_lazy("Receipt for your application"),
    "questions": gettext_lazy("Questions about your application"),
    "reminder": gettext_lazy("Reminder: we await your answer"),
    "countersign_reminder": gettext_lazy("Reminder: we await the signed agreement"),
    "recommendation": gettext_lazy("Recommendation to the chief statistician"),
    "agreement": gettext_lazy("Authorisation agreement"),
    "cover": gettext_lazy("Authorisation agreement for signature"),
    "rejection": gettext_lazy("Decision on your application"),
    "lapse": gettext_lazy("Your application has lapsed"),
    "withdrawal": gettext_lazy("Your application is withdrawn"),
    "extension_receipt": gettext_lazy("Receipt for your application for an extension"),
    "extension_cover": gettext_lazy("Supplementary agreement for signature"),
    "extension_rejection": gettext_lazy("Decision on your application for an extension"),
    "extension_lapse": gettext_lazy("Your application for an extension has lapsed"),
    "extension_withdrawal": gettext_lazy("Your application for an extension is withdrawn"),
    "extension_agreement": gettext_lazy("Supplementary agreement: extension"),
    "extension_in_force": gettext_lazy("The extension of your authorisation is in force"),
    "reopening": gettext_lazy("Your application is handled again"),
    "welcome": gettext_lazy("Welcome as an authorised institution"),
}


def recipient(case) -> dict:
    """The institution as addressee, in the language that is active."""
    institution = as_of(case.institution, clock.now())
    with translation.override(case.language):
        return {
            "name": institution.name,
            "attention": case.addressee.name if case.addressee else "",
            "lines": institution.address.splitlines(),
        }


def write(event, template, context, paragraph=""):
    """Issue the letter, as this kind of case words it, and mail it to the responsible person.

    Where nobody is responsible it goes to the institution by post.
    """
    case = event.case
    to = case.addressee
    template = case.worded.get(template, template)
    return issue(
        event, template, TITLES[template], context=context | wanted(case), language=case.language,
        recipient=recipient(case), mail=to.mail if to else "", channel="mail" if to else "post",
        paragraph=paragraph,
    )  # fmt: skip


def internal(event, template, context, language="da"):
    """Issue a note or an agreement that stays with us for now."""
    return issue(
        event, template, TITLES[template], context=context, language=language,
        recipient=recipient(event.case), internal=True,
    )  # fmt: skip


def wanted(case) -> dict:
    """What an extension is about, for its letters and the note; nothing in a first application."""
    if not case.worded:
        return {}
    right = str(kinds.RIGHTS[case.enterprise_right]) if case.enterprise_right else ""
    return {"wanted": {"schemes": [str(kinds.SCHEMES[s]) for s in case.schemes], "right": right}}


def receipt(case, days):
    return {"received_on": day(case.received_on), "institution": case.institution.name,
            "expected_days": days}  # fmt: skip


def questions(rows):
    return {
        "questions": [{"number": q.number, "about": q.about, "text": q.text} for q in rows],
        "due_on": day(rows[0].due_on) if rows else "",
    }


def reminder_of(case) -> str:
    """Which of the two reminders the case would get now."""
    return "countersign_reminder" if case.state == "sent" else "reminder"


def reminder(case, rows):
    """rows: the open questions, where the case waits for answers."""
    context = {"lapse_on": day(case.lapse_on), "due_on": day(case.due_on)}
    if case.state != "sent":
        return context | questions(rows)
    number = case.agreement.document.number
    return context | {"sent_on": day(case.sent_on), "agreement_number": number}


def cover(case):
    number = case.agreement.document.number if case.agreement_id else ""
    return {"agreement_number": number, "responsible": case.head.name,
            "due_on": day(case.due_on)}  # fmt: skip


def agreement(case, version, signatory) -> dict:
    """The standard form filled from the case (domain.md 10, no 4; without the number)."""
    institution = case.institution
    right = case.enterprise_right or kinds.enterprise_right(institution.type)
    return {
        "institution": institution.name, "parent": str(institution.parent or ""),
        "cvr": institution.cvr, "address": institution.address.splitlines(),
        "responsible": {"name": case.head.name, "title": case.head.title},
        "schemes": [str(kinds.SCHEMES[s]) for s in case.schemes],
        "enterprise": {"right": right, "text": str(kinds.RIGHTS[right])},
        "mail_domains": institution.mail_domains, "version": version,
        "dst_signatory": signatory, "right_changed": bool(case.enterprise_right),
        "authorisation_number": institution.authorisation_number or "",
    }  # fmt: skip


def recommendation(case, event, answers, outcome):
    return {
        "institution": case.institution.name, "cvr": case.institution.cvr,
        "type": str(kinds.TYPES[case.institution.type]), "outcome": outcome,
        "text": case.recommendation, "reservations": case.reservations,
        "criteria": [
            {"title": a.criterion.title, "answer": str(a.get_answer_display()), "note": a.note}
            for a in answers
        ],
        "evaluated_by": event.by.name,
    } | wanted(case)  # fmt: skip


def welcome(case, number, from_on, review_on, people):
    """people: (role, name) of everybody who was registered with the institution."""
    return {
        "authorisation_number": number, "from_on": day(from_on), "review_on": day(review_on),
        "roles": [{"role": str(kinds.ROLES[role]), "person": name} for role, name in people],
    }  # fmt: skip


def extension_in_force(case, on):
    return {"date": day(on), "agreement_number": case.agreement.document.number}


def lapse(why, date):
    return {"why": why, "date": day(date)}


def why_lapsed(case) -> str:
    if case.sent_on:
        return _("We have not received the agreement with your signature.")
    return _("We have not received an answer to our questions.")
