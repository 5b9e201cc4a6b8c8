"""What happens when the responsible person changes: one function per verb."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from fsesys.core import clock, door, issuing
from fsesys.core.clock import after
from fsesys.core.door import begin, perform
from fsesys.core.facts import end_all
from fsesys.core.parameters import parameters

from .. import living, selectors, signatures
from ..authorisation.registering import on_record
from ..changes.selectors import as_of
from ..records import RoleHolding
from ..standing import ends_at
from . import documents
from .models import ResponsibleCase


@transaction.atomic
def register_change(
    institution, *, by, name, mail, title="", asked_by, asked_on, asked_as="management",
    channel="mail", left_on=None, from_on=None, ends_substitute=False, upload=None, paragraph="",
    **more,
):  # fmt: skip
    """The institution asked for another responsible person; the declaration went out to sign.

    asked_as, asked_by: in which role (models.ASKERS) and who. upload: the letter that asked for it.
    left_on: the former person's last day, where they have left. from_on: not before that day.
    """
    at = clock.read()
    person = on_record({"name": name, "mail": mail, "title": title})
    former = selectors.head_of(institution, at)
    said = {"asked_by": asked_by, "asked_as": asked_as, "asked_on": asked_on, "channel": channel,
            "left_on": left_on, "from_on": from_on, "ends_substitute": ends_substitute}  # fmt: skip
    days = parameters(clock.day_of(at))["countersign_reminder_days"]
    event = begin(
        ResponsibleCase, by=by, verb="register_change", person=person, former=former,
        typed=said | {"mail": mail, "filed": bool(upload)},
        responsible=living.caretaker(institution, at),
        remind_on=clock.day_of(at) + dt.timedelta(days=days), **said,
        **living.columns(institution), **more,
    )  # fmt: skip
    if upload:
        issuing.file_in(event, upload, kind="other", title=str(event.case.machine.label_one),
                        sender=str(institution), received_on=asked_on)  # fmt: skip
    if left_on:  # who is signed to begin later still does
        runs = RoleHolding.objects.at(event.at).filter(institution=institution, role="responsible")
        end_all(list(runs), at=event.at, by=event.by, event=event,
                to_at=min(after(left_on), event.at))  # fmt: skip
    with translation.override(institution.language):
        context = documents.declaration(event.case)
    _issue(event, "responsible_declaration", context, person, paragraph)
    return event


def _issue(event, template, context, person, paragraph=""):
    institution = as_of(event.case.institution, event.at)
    with translation.override(institution.language):
        to = {"name": institution.name, "attention": person.name,
              "lines": institution.address.splitlines()}  # fmt: skip
    return issuing.issue(
        event, template, documents.TITLES[template], context=context, recipient=to,
        language=institution.language, mail=person.mail, paragraph=paragraph,
    )  # fmt: skip


def _end(institution, role, event, at, **who):
    """End at the instant what runs of the role; what was to begin later never does."""
    rows = RoleHolding.objects.known().filter(institution=institution, role=role, **who)
    rows = list(rows.filter(Q(to_at=None) | Q(to_at__gt=at)))
    end_all(rows, at=event.at, by=event.by, event=event, to_at=at)


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
    former = selectors.head_of(institution, event.at) or case.former
    start = max(event.at, clock.midnight(case.from_on)) if case.from_on else event.at
    _end(institution, "responsible", event, start)
    if case.ends_substitute:
        _end(institution, "substitute", event, start, person__mail__iexact=case.person.mail)
    RoleHolding.objects.create(
        institution=institution, person=case.person, role="responsible", from_at=start,
        recorded_at=event.at, recorded_by=event.by, event=event,
        to_at=ends_at(institution, event.at),
    )  # fmt: skip
    _tell(event, former, clock.day_of(start), paragraph)
    return event


def _tell(event, former, on, paragraph):
    case = event.case
    with translation.override(case.institution.language):
        context = documents.changed(case, on, former)
    _issue(event, "responsible_changed", context, case.person, paragraph)
    if former and former.mail and not case.left_on:
        _issue(event, "responsible_changed", context, former)


@transaction.atomic
def remind(case, *, by, paragraph="", **more):
    """The new person was asked for the signed declaration once more."""
    event = perform(case, "remind", by=by, changes={"reminded": True}, **more)
    case, institution = event.case, event.case.institution
    since = selectors.gap_since(institution, event.at)
    with translation.override(institution.language):
        context = documents.reminder(case, declaration(case), since and clock.day_of(since))
    _issue(event, "responsible_reminder", context, case.person, paragraph)
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
