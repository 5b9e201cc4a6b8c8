"""What happens with an association agreement: one function per verb."""

from django.db import transaction
from django.utils.translation import gettext as _

from fsesys.core import clock, dependants, door, facts, issuing, keeping, locks, roles
from fsesys.core.door import begin, perform
from fsesys.core.people import Person
from fsesys.core.refusal import Refused
from institutions import signatures

from .. import doubles, idents
from ..records import Association, Researcher
from . import documents, hanging, rules, selectors
from . import person as record
from .models import AssociationCase


def columns(institution, person=None) -> dict:
    """What a case has before anything is typed."""
    label = f"{person.name}, {institution}" if person else str(institution)
    key = f"association:{person.pk if person else 0}:{institution.pk}"
    return {"subject_key": key, "subject_label": label, "institution": institution,
            "person": person}  # fmt: skip


@transaction.atomic
def register_request(
    institution, *, by, type, mail="", agreement, declaration, received_on, person=None,
    answerable=None, apart=(), key=None, **new,
):  # fmt: skip
    """The institution asked that a person is associated with it; both papers were filed.

    person: who is on record; else `new` says who it is (person.NEW); of who is on record it says
    what is missing there or has changed. apart: ids of likely doubles that were confirmed to be
    other people. agreement, declaration: (name, media type, bytes).
    """
    key = door.once(key)
    doubles.hold_people()
    at, new, known = clock.read(), record.NEW | new, record.known(person)
    door.entitled(AssociationCase, "register_request", by, at)
    typed = {"person": person, "on_record": known is not None, "born": known and known.birth_year,
             "new": new, "day": clock.day_of(at), "received_on": received_on,
             "agreement": agreement, "declaration": declaration, "apart": set(apart),
             "doubles": _doubles(person, new, mail),
             # of somebody new it is a likely double, and confirmed as one
             "mail_of": selectors.mail_of(mail, person.human()) if person else None}  # fmt: skip
    wrong = [*rules.told_who(None, typed), *rules.both_papers(None, typed)]
    if wrong:
        raise Refused(wrong)
    person = person or Person.objects.create(name=new["name"], title=new["title"], mail=mail)
    if not known:
        record.on_record(person, new, by)
    named = columns(institution, person)
    event = begin(
        AssociationCase, by=by, verb="register_request", key=key, typed=typed, type=type,
        mail=mail or person.mail, answerable=answerable, received_on=received_on,
        responsible=keeping.caretaker(named["subject_key"], roles.SECRETARY, at), **named,
    )  # fmt: skip
    if typed["person"]:
        record.take_over(event, by, new)
    _file(event, agreement, declaration)
    return event


def _doubles(person, new, mail):
    found = [] if person else doubles.likely(new["name"], mail, new["birth_year"])
    return [(one.pk, doubles.told(one)) for one in found]


def _file(event, agreement, declaration):
    sent = {"received_on": event.case.received_on, "sender": str(event.case.institution)}
    issuing.file_in(event, agreement, kind="application", title=_("Association agreement"), **sent)
    issuing.file_in(
        event, declaration, kind="annex", title=_("Declaration of confidentiality"), **sent
    )


@transaction.atomic
def register_approval(case, *, by, upload=None, paragraph="", **answer):
    """The responsible person or a substitute approved; the agreement went out to sign."""
    event = _answered(case, "register_approval", by, upload, **answer)
    documents.write(event, "association_agreement", documents.agreement, paragraph)
    return event


@transaction.atomic
def register_refusal(case, *, by, upload=None, paragraph="", **answer):
    """The responsible person or a substitute refused; the person was told why."""
    event = _answered(case, "register_refusal", by, upload, **answer)
    documents.write(event, "association_refused", documents.about, paragraph)
    return event


def _answered(case, verb, by, upload, *, answered_by, answered_on, channel="mail", **more):
    """The institution's answer: who gave it in which role, on which day, how, in which document."""
    case = door.hold(case)
    typed = {"answered_by": answered_by.pk, "answerer": answered_by.name, "upload": upload,
             "answered_on": answered_on,
             "in_role": selectors.may_answer(case, answered_by, answered_on)}  # fmt: skip
    event = perform(
        case, verb, by=by, typed=typed, changes={"answered_by": answered_by,
        "answered_on": answered_on, "answer_channel": channel}, **more,
    )  # fmt: skip
    if upload:
        issuing.file_in(event, upload, kind="letter", title=_("Answer of the institution"),
                        sender=answered_by.name, received_on=answered_on, channel=channel)  # fmt: skip
    return event


@transaction.atomic
def activate(
    case, *, by, upload, road, signed_on, signer, proof, proof_on, proof_by, ident="",
    document_number="", paragraph="", **more,
):  # fmt: skip
    """The person signed and proved who they are: ident given, association begun, welcome sent."""
    case = door.hold(case)
    idents.hold_idents()
    researcher = Researcher.objects.get(person=case.person_id)
    ident = (ident or researcher.ident or idents.propose(case.person.name)).strip().upper()
    typed = {"proof": proof, "proof_on": proof_on, "witness": proof_by.name, "ident": ident,
             "on_staff": selectors.on_staff(proof_by, proof_on),
             "taken": idents.holder(ident, researcher), "free": idents.propose(case.person.name)}  # fmt: skip
    event = signatures.register_copy(
        case, "activate", by=by, document=selectors.agreement(case), side="them", upload=upload,
        road=road, signed_on=signed_on, signer=signer, number=document_number, also=typed, **more,
    )  # fmt: skip
    _identified(researcher, by, ident=ident, proof=proof, proof_on=proof_on, proof_by=proof_by)
    Association.objects.create(
        person=case.person, institution=case.institution, type=case.type, agreement=case,
        from_at=event.at, recorded_at=event.at, recorded_by=event.by, event=event,
    )  # fmt: skip
    record.take_over_mail(event, by)
    event.case.person.researcher = researcher
    documents.write(event, "association_welcome", documents.about, paragraph)
    hanging.told_already(event, by)
    return event


def _identified(researcher, by, **known):
    for name, value in known.items():
        setattr(researcher, name, value)
    researcher._history_user = by
    researcher.save()


@transaction.atomic
def name_answerable(case, *, by, answerable, **more):
    """Another employee of the institution answers for the guest or student from now on."""
    locks.share(*selectors.reads(case))
    people = {case.person_id, case.answerable_id, answerable.pk} - {None}
    locks.lock(Person.objects.filter(pk__in=people))  # together, in the order of who ends one
    case = door.hold(case)
    answers = selectors.employees(case.institution, clock.read()).filter(person=answerable)
    typed = {"answerable": answerable.pk, "name": answerable.name, "answers": answers.exists()}
    event = perform(case, "name_answerable", by=by, typed=typed, changes={"answerable": answerable},
                    facts={"before": case.answerable_id, "answerable": answerable.pk}, **more)  # fmt: skip
    hanging.told_already(event, by)
    return event


@transaction.atomic
def end(
    case, *, by, asked_by, asked_on, end_reason, channel="mail", last_on=None, listed=(),
    confirmed=False, paragraph="", **more,
):  # fmt: skip
    """The association ended on the word of the person or the institution, now or after a day."""
    case = door.hold(case)
    typed = {"asked_on": asked_on, "asker": asked_by.name, "end_reason": end_reason,
             "speaks": selectors.speaks(case, asked_by, asked_on), "last_on": last_on,
             "listed": listed, "confirmed": confirmed}  # fmt: skip
    event = perform(
        case, "end", by=by, typed=typed,
        facts={"dependants": sorted(listed), "last_on": last_on and last_on.isoformat()},
        changes={"asked_by": asked_by, "asked_on": asked_on, "end_channel": channel,
                 "end_reason": end_reason, "ended_on": last_on}, **more,
    )  # fmt: skip
    to_at = clock.after(last_on) if last_on else event.at
    runs = selectors.running(event.case, event.at)
    facts.end_all([runs], at=event.at, by=event.by, event=event, to_at=to_at)
    dependants.end(event.facts["dependants"], event, to_at)
    documents.write(event, "association_ended", documents.ended, paragraph)
    return event


def withdraw(case, *, by, reason, **more):
    """The request was closed without a decision."""
    return perform(case, "withdraw", by=by, reason=reason, **more)


def beside(case, proposal):
    """For the second person: the agreement and the copy, page by page."""
    return signatures.beside(selectors.agreement(case), "them", proposal)


def _runs_again(last, event):
    """The cases that got a task are told that the association runs again."""
    dependants.undone(last.facts["dependants"], event)


UNDOING = {"register_request": record.put_back, "activate": record.put_back, "end": _runs_again}
