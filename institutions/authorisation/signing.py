"""The second half of process 1's verbs: applications in, signatures in, institution registered.

Beside actions.py because signed copies and the register's dated facts are nouns of their own.
"""

import datetime as dt

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from fsesys.core import clock, door, issuing, roles
from fsesys.core.door import perform
from fsesys.core.parameters import parameters
from fsesys.core.refusal import Refused

from .. import formats, kinds, signatures
from ..records import Institution, Organisation
from . import documents, rules, selectors
from .models import AuthorisationCase
from .registering import hold_names, on_record

FORMATS = {"cvr": formats.cvr, "ean": formats.ean, "mail_domains": formats.mail_domains}


@transaction.atomic
def register_application(
    *,
    by,
    key=None,
    institution,
    head,
    application,
    annexes=(),
    double_reason="",
    again=None,
    responsible=None,
    paragraph="",
    **stated,
):
    """The secretary registered an application with its annexes; the applicant got a receipt.

    institution: fields of a new Institution (with `parent`, `parent_cvr`). head: fields of the
    responsible person. application, annexes: (name, media type, bytes). again: an Institution
    on record that applies anew. stated: fields of the case. Raises Refused, NotYours.
    """
    key = door.once(key)
    hold_names()
    at = clock.read()
    door.entitled(AuthorisationCase, "register_application", by, at)
    if again:  # the second of two waits here and then sees the first one's case
        again = Institution.objects.select_for_update(no_key=True, of=("self",)).get(pk=again.pk)
    institution, wrong = ({}, []) if again else _cleaned(institution)
    _refuse(at, institution, head, again, double_reason, stated, wrong)
    subject = again or _institution(by, institution)
    person = on_record(head)
    event = door.begin(
        AuthorisationCase, by=by, verb="register_application", key=key, at=at,
        subject_key=subject.subject_key, subject_label=str(subject)[:300],
        responsible=responsible or _responsible(at), reason=double_reason, institution=subject,
        head=person, double_reason=double_reason, **stated,
    )  # fmt: skip
    _file(event, application, annexes)
    return _receipt(event, paragraph)


def _file(event, application, annexes):
    case = event.case
    filed = {"sender": str(case.institution), "received_on": case.received_on}
    issuing.file_in(event, application, kind="application", title=_("Application"), **filed)
    for annex in annexes:
        title = _("Annex: %(name)s") % {"name": annex[0]}
        issuing.file_in(event, annex, kind="annex", title=title, **filed)


def _receipt(event, paragraph):
    days = parameters(clock.day_of(event.at))["target_evaluation"]
    with translation.override(event.case.language):
        documents.write(event, "receipt", documents.receipt(event.case, days), paragraph)
    return event


def _cleaned(institution):
    """The fields of a new institution as they are kept, and what is wrong with them."""
    fields, wrong = dict(institution), []
    for name, read in FORMATS.items():
        try:
            fields[name] = read(fields.get(name, ""))
        except ValueError as error:
            wrong.append(str(error))
    return fields, wrong


def _refuse(at, institution, head, again, double_reason, stated, wrong):
    refusals = [*wrong, *rules.reachable([head["mail"]])]
    kind = again.type if again else institution["type"]
    asked = {"kind": kind, "ownership": "", "public_work": "", "price_group": "",
             "price_group_reason": ""} | institution | stated  # fmt: skip
    for rule in rules.APPLICATION:
        refusals += rule(None, asked)
    if stated["received_on"] > clock.day_of(at):
        refusals.append(_("The application can not have been received after today."))
    if stated["experienced_count"] > stated["staff_count"]:
        refusals.append(_("There can not be more experienced researchers than researchers."))
    if again:
        open_case = again.authorisation_cases.filter(closed_at=None).first()
        if open_case:
            refusals.append(_("Case %(number)s of this institution is still open.")
                            % {"number": open_case.number})  # fmt: skip
        if again.periods.at(at).exists():
            refusals.append(_("The institution is authorised already."))
    elif not double_reason.strip():
        found = selectors.doubles(institution["cvr"], institution["name_da"])
        refusals += [
            _("“%(name)s” (CVR %(cvr)s) is on record already. Choose it, or give a reason why"
              " this is another institution.") % {"name": double, "cvr": double.cvr}
            for double in found
        ]  # fmt: skip
    if refusals:
        raise Refused(refusals)


def _institution(by, fields):
    parent_name, parent_cvr = fields.pop("parent_name", ""), fields.get("cvr")
    if parent_name:
        fields["parent"], _new = Organisation.objects.get_or_create(
            name=parent_name, cvr=parent_cvr
        )
    fields["price_group"] = fields.get("price_group") or kinds.price_group(fields["type"])
    institution = Institution(**fields)
    institution._history_user = by
    institution.save()
    return institution


def _responsible(at):
    person = roles.holders(roles.RESPONSIBLE, at).first()
    if person is None:
        raise Refused([_("Nobody is FSE responsible today. Give the role to somebody first.")])
    return person


def register_our_signature(case, *, by, upload, road, signed_on, document_number="", **facts):
    """The DST secretary registered the copy that the chief statistician signed."""
    signer = case.events.filter(verb="approve").order_by("-revision").values_list(
        "by_id", flat=True).first()  # fmt: skip
    return _sign(case, "register_our_signature", "us", by, upload, road, signed_on, signer,
                 document_number, {}, facts)  # fmt: skip


def register_counter_signature(
    case, *, by, upload, road, signed_on, signer, document_number="", **facts
):
    """The secretary registered the agreement signed by the institution's responsible person."""
    return _sign(case, "register_counter_signature", "them", by, upload, road, signed_on,
                 signer, document_number, {"remind_on": None, "lapse_on": None}, facts)  # fmt: skip


def _sign(case, verb, side, by, upload, road, signed_on, signer, document_number, changes, facts):
    document = case.agreement.document if case.agreement_id else None
    return signatures.register_copy(
        case, verb, by=by, document=document, side=side, upload=upload, road=road,
        signed_on=signed_on, signer=signer, number=document_number, changes=changes, **facts,
    )  # fmt: skip


@transaction.atomic
def send(case, *, by, channel="mail", paragraph="", **facts):
    """The secretary sent the agreement, signed by us, to the institution."""
    today = clock.today()
    values = parameters(today)
    changes = {
        "sent_on": today, "reminded": False,
        "remind_on": today + dt.timedelta(days=values["countersign_reminder_days"]),
        "lapse_on": today + dt.timedelta(days=values["countersign_lapse_days"]),
    }  # fmt: skip
    event = perform(case, "send", by=by, changes=changes, facts={"channel": channel}, **facts)
    case = event.case
    with translation.override(case.language):
        documents.write(event, "cover", documents.cover(case), paragraph)
        signed = case.agreement.document.signatures.standing().get(side="us").copy
        issuing.queue(event, to_name=str(case.institution), to_mail=case.addressee.mail,
                      subject=signed.title, language=case.language, document=signed)  # fmt: skip
    return event
