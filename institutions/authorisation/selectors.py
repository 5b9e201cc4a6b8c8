"""Reads of process 1: the facts its rules test, the doubles of an application, the lists."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, roles
from fsesys.core.checklists import criteria_in_force
from fsesys.core.documents import Signature
from fsesys.core.names import normalise
from fsesys.core.parameters import parameters

from .. import belonging, kinds
from ..records import AuthorisationPeriod, Institution
from . import documents
from .models import AuthorisationCase

IN_AGREEMENT = {
    "institution": _("Name"), "parent": _("Parent organisation"), "cvr": _("CVR number"),
    "address": _("Address"), "mail_domains": _("Mail domains"), "schemes": _("Schemes"),
    "enterprise": _("Enterprise data"), "responsible": _("Responsible manager"),
}  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What the rules of process 1 read. What only some verbs ask is loaded when it is asked."""

    today: dt.date
    institution: int
    experienced: int
    min_experienced: int
    kind_right: str
    criteria: tuple
    open_questions: frozenset
    closed_questions: dict  # question -> (name, instant) of who closed it
    responsible: int | None
    responsible_name: str
    responsible_mail: str
    agreement_document: int | None
    parted: tuple  # (what, as the agreement says it, as the case says it)
    approved_on: dt.date | None
    our_signature_on: dt.date | None
    in_force_since: dt.date | None
    reminded: bool
    reminder: tuple | None  # (name, instant) of who sent it
    remind_on: dt.date | None
    lapse_on: dt.date | None
    other_open: str | None


def facts(case, at) -> Facts:
    today = clock.day_of(at)
    approved = next((e for e in reversed(case.story) if e.verb == "approve"), None)
    reminder = next((e for e in reversed(case.story) if e.verb == "remind"), None)
    ours = None
    if approved and case.agreement_id and case.agreement.document_id:
        signed = Signature.objects.standing().filter(document=case.agreement.document_id)
        ours = signed.filter(side="us").first()
    running = AuthorisationPeriod.objects.at(at).filter(institution=case.institution_id).first()
    return Facts(
        today=today, institution=case.institution_id, experienced=case.experienced_count,
        min_experienced=parameters(today)["min_experienced_researchers"],
        criteria=SimpleLazyObject(lambda: criteria(case, today)),
        kind_right=kinds.enterprise_right(case.institution.type),
        open_questions=SimpleLazyObject(lambda: open_questions(case)),
        closed_questions=SimpleLazyObject(lambda: closed_questions(case)),
        responsible=case.head_id, responsible_name=case.head.name if case.head_id else "",
        responsible_mail=case.head.mail if case.head_id else "",
        agreement_document=case.agreement_id and case.agreement.document_id,
        parted=SimpleLazyObject(lambda: parted(case)), approved_on=approved and clock.day_of(approved.at),
        our_signature_on=ours and ours.signed_on,
        in_force_since=running and clock.day_of(running.from_at), reminded=case.reminded,
        reminder=_who(reminder) if reminder else None,
        remind_on=case.remind_on, lapse_on=case.lapse_on, other_open=_other_open(case),
    )  # fmt: skip


def parted(case) -> tuple:
    """(what, as the agreement says it, as the case says it) of what was corrected since the draft."""
    version = case.agreement
    if case.state == "agreement_drafted":
        version = case.agreement_versions.order_by("version").last()
    if version is None:
        return ()
    with translation.override(version.language):
        now = documents.agreement(case, version.version, "")
    pairs = {name: (version.terms.get(name), now[name]) for name in case.in_paper}
    return tuple((IN_AGREEMENT[name], _said(old), _said(new))
                 for name, (old, new) in pairs.items() if old != new)  # fmt: skip


def _said(value) -> str:
    """A part of an agreement in words."""
    if isinstance(value, dict):
        value = [value["text"]] if "text" in value else filter(None, value.values())
    return value if isinstance(value, str) else ", ".join(value or ())


def _other_open(case):
    """The number of another open case of a closed case's institution."""
    if case.closed_at is None:
        return None  # one open case per institution: this one
    others = AuthorisationCase.objects.filter(institution=case.institution_id, closed_at=None)
    return others.values_list("number", flat=True).first()


def closed_questions(case) -> dict:
    closed = ((q.pk, q.closed_event) for q in case.asked if not q.is_open)
    return {pk: _who(event) for pk, event in closed}


def _who(event):
    return event.by.name, event.at


def open_questions(case) -> frozenset:
    return frozenset(q.pk for q in case.asked if q.outward and q.is_open)


def criteria(case, today) -> tuple:
    """The criteria of the check-list in force that apply to this kind of institution."""
    private = case.institution.type in kinds.PRIVATE
    wanted = {"", "private"} if private else {""}
    return tuple(c for c in criteria_in_force(case.process, today) if c.applies_to in wanted)


def doubles(cvr: str, name: str):
    """Institutions with the same CVR number or the same normalised name (at most 20)."""
    return list(
        Institution.objects.select_related("parent")
        .filter(Q(cvr=cvr) | Q(name_key=normalise(name)[:200]))
        .order_by("pk")[:20]
    )  # fmt: skip


def subject(case):
    """The records that the verbs of a case write or read, to be locked before the case."""
    return Institution.objects.filter(pk=case.institution_id)


def interests(case, at) -> frozenset:
    """Ids of the people who belong to the institution on that day, or head it."""
    return belonging.people_of([case.institution_id], at) | {case.head_id}


def load(number: str):
    """The case of that number with what its page needs, or None."""
    return (
        AuthorisationCase.objects.select_related(
            "institution__parent", "responsible", "head", "agreement__document", "recommended_by"
        )
        .filter(number=number)
        .first()
    )


def prepared(person, held, today, model=AuthorisationCase):
    """Cases whose reminder named a date that has come: a person lets them lapse, or not."""
    rows = model.objects.filter(reminded=True, lapse_on__lte=today, closed_at=None)
    mine = Q(pk__in=[])
    if roles.RESPONSIBLE in held:
        mine |= Q(state="awaiting_applicant", responsible=person)
    if roles.SECRETARY in held:
        mine |= Q(state="sent")
    return rows.filter(mine).values("pk")
