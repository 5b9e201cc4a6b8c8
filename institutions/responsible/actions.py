"""What happens when the responsible person changes: one function per verb."""

import datetime as dt

from django.db import transaction
from django.utils import translation

from fsesys.core import casefile, clock, door, everyday, issuing, undoing
from fsesys.core.door import begin, perform
from fsesys.core.facts import replace

from .. import living, signatures
from ..authorisation.registering import on_record
from ..records import RoleHolding
from ..standing import ends_at
from . import documents
from .models import ResponsibleCase

file_document, note, assign = everyday.file_document, everyday.note, everyday.assign
undo, case_file = undoing.undo, casefile.case_file


@transaction.atomic
def register_change(
    institution, *, by, name, mail, title="", asked_by, asked_on, channel="mail", left_on=None,
    ends_substitute=False, upload=None, paragraph="", **more
):  # fmt: skip
    """The institution asked for another responsible person; the declaration went out to sign.

    asked_by: who asked, in which role, in words. upload: the letter that asked for it.
    """
    at = clock.read()
    person = on_record({"name": name, "mail": mail, "title": title})
    former = living.head_of(institution, at)
    typed = {"mail": mail, "asked_on": asked_on, "left_on": left_on,
             "ends_substitute": ends_substitute}  # fmt: skip
    event = begin(
        ResponsibleCase, by=by, verb="register_change", typed=typed,
        responsible=living.caretaker(institution, at), person=person, former=former,
        asked_by=asked_by, asked_on=asked_on, channel=channel, left_on=left_on,
        ends_substitute=ends_substitute, **living.columns(institution), **more,
    )  # fmt: skip
    if upload:
        issuing.file_in(event, upload, kind="other", title=str(event.case.machine.label_one),
                        sender=str(institution), received_on=asked_on)  # fmt: skip
    if left_on:
        _end(institution, "responsible", event, clock.midnight(left_on + dt.timedelta(days=1)))
    with translation.override(institution.language):
        context = documents.declaration(event.case)
    _issue(event, "responsible_declaration", context, person, paragraph)
    return event


def _issue(event, template, context, person, paragraph=""):
    institution = event.case.institution
    with translation.override(institution.language):
        to = {"name": institution.name, "attention": person.name,
              "lines": institution.address.splitlines()}  # fmt: skip
    return issuing.issue(
        event, template, documents.TITLES[template], context=context, recipient=to,
        language=institution.language, mail=person.mail, paragraph=paragraph,
    )  # fmt: skip


def _end(institution, role, event, to_at, **who):
    """End what runs of the role at the instant (never after the decision itself)."""
    for row in RoleHolding.objects.known().filter(institution=institution, role=role, **who):
        if row.to_at is None or row.to_at > event.at:
            end = max(min(to_at, event.at), row.from_at + dt.timedelta(microseconds=1))
            replace(row, at=event.at, by=event.by, event=event, to_at=end)


@transaction.atomic
def register_signature(
    case, *, by, upload, road, signed_on, signer, document_number="", paragraph="", **more
):
    """The new person signed: the former role ended and the new one began."""
    case = door.hold(case)
    event = signatures.register_copy(
        case, "register_signature", by=by, document=declaration(case), side="them",
        upload=upload, road=road, signed_on=signed_on, signer=signer, number=document_number,
        **more,
    )  # fmt: skip
    case, institution = event.case, event.case.institution
    former = living.head_of(institution, event.at) or case.former
    _end(institution, "responsible", event, event.at)
    if case.ends_substitute:
        _end(institution, "substitute", event, event.at, person=case.person_id)
    RoleHolding.objects.create(
        institution=institution, person=case.person, role="responsible", from_at=event.at,
        recorded_at=event.at, recorded_by=event.by, event=event,
        to_at=ends_at(institution, event.at),
    )  # fmt: skip
    with translation.override(institution.language):
        context = documents.changed(case, clock.day_of(event.at), former)
    _issue(event, "responsible_changed", context, case.person, paragraph)
    if former and former.mail and not case.left_on:
        _issue(event, "responsible_changed", context, former)
    return event


def declaration(case):
    """The declaration that the new person has before them."""
    return case.documents.filter(template="responsible_declaration").order_by("pk").last()


def withdraw(case, *, by, reason, **more):
    """The change did not take place."""
    return perform(case, "withdraw", by=by, reason=reason, **more)


def beside(case, proposal):
    """For the second person: the declaration and the copy, page by page."""
    return signatures.beside(declaration(case), "them", proposal)
