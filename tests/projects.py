"""Projects for tests: made through the actions in few lines, never by setting a state.

`project_in_force(institution, staff)` is what other tests want; `proposed` and `assessed` stop
earlier. The institution is one walked to "authorised"; copies are not read (`quick_copies`).
"""

from __future__ import annotations

import datetime as dt
import itertools

from django.http import QueryDict

from fsesys.core import clock, pending
from fsesys.desk.demo.applications import pdf
from institutions.records import RoleHolding
from projects.proposal import actions
from projects.proposal import selectors as proposals
from projects.records import Register

_numbers = itertools.count(1)


def holder(institution, role, at=None):
    """The first person with the role at the institution."""
    rows = RoleHolding.objects.at(at or clock.now()).filter(institution=institution, role=role)
    return rows.select_related("person").order_by("pk").first().person


def stated(institution, *, registers=("BEF",), from_on=None, to_on=None, **changed) -> dict:
    """What a made-up proposal of the institution says."""
    today = clock.today()
    signatory, administrator = (
        holder(institution, "signatory"),
        holder(institution, "administrator"),
    )
    known = {one.name: one for one in Register.objects.filter(name__in=registers)}
    return {
        "received_on": today, "title": f"Life courses {next(_numbers)}", "purpose": "Research.",
        "description": "We follow people over time.", "importance": "Welfare.",
        "population": "Everybody living in Denmark.", "full_register": False,
        "full_register_reason": "", "external_data": "", "outputs": "Two articles.",
        "publications": "Journals.", "legal_basis": "Data Protection Act, section 10.",
        "impact_assessed": True, "impact_reason": "Sensitive data.", "benefit": "Better policy.",
        "funding": "Public.", "price_group": "public", "first_on": from_on or today,
        "last_on": to_on or today + dt.timedelta(days=365), "approved_on": today,
        "approved_channel": "portal", "approved_by": administrator, "signatories": [signatory],
        "contact": {"name": "Rikke Ravn", "mail": "rikke@uni.example"}, "members": [],
        "approvals": [], "performer": None, "controller": None,
        "registers": [{"register": known[name], "year_from": 2000, "year_to": 2020,
                       "justification": "Needed."} for name in registers],
    } | changed  # fmt: skip


def paper(words="proposal"):
    """A small PDF of its own."""
    return pdf(f"{words} {next(_numbers)}", f"{words}.pdf")


def proposed(institution, staff, scheme="researcher", **said):
    """A first proposal registered: the event."""
    return actions.register_proposal(
        institution, by=staff["secretary"], officer=staff["officer"].person, upload=paper(),
        scheme=scheme, stated=stated(institution, **said),
    )  # fmt: skip


def reproposed(project, institution, staff, **said):
    """A re-proposal registered: the event."""
    return actions.register_reproposal(
        project, by=staff["secretary"], upload=paper(), stated=stated(institution, **said)
    )


def met(case) -> dict:
    """Every criterion answered as met."""
    criteria = proposals.first.criteria(case, clock.today())
    return {one.slug: ("met", "") for one in criteria}


def approved(case, staff, by="officer"):
    """The case taken and approved by FSE: the event."""
    if case.state == "submitted":
        case = actions.take_case(case, by=staff["officer"]).case
    return actions.approve(case, by=staff[by], answers=met(case), text="Sound.")


def confirmed(case, staff):
    """A project database taken, its approval proposed by the officer and confirmed by the head."""
    return pending.confirm(proposal_of_approval(case, staff), by=staff["head"])


def proposal_of_approval(case, staff):
    """What waits for a second person when an officer approves a submitted case."""
    case = actions.take_case(case, by=staff["officer"]).case
    typed = QueryDict(mutable=True)
    typed.update({f"answer_{slug}": "met" for slug in met(case)} | {"text": "Sound."})
    event = pending.attempt(case, "approve", by=staff["officer"], key=None, seen=None, data=typed)
    return event.proposal


def signature(case, **typed) -> dict:
    """What is typed when the institution's copy comes in."""
    signer = holder(case.institution, "signatory")
    return {"upload": paper("signed"), "road": "scan", "signed_on": clock.today(),
            "signer": signer.pk} | typed  # fmt: skip


def signed(case, staff, **typed):
    """The institution's signature registered: the event."""
    return actions.register_signature(case, by=staff["secretary"], **signature(case, **typed))


def in_force(case, staff):
    """The case walked from submitted to in force: the event."""
    return signed(approved(case, staff).case, staff)


def project_in_force(institution, staff, registers=("BEF",), from_on=None, to_on=None, **said):
    """A project that both sides have signed, at the clock's instant."""
    event = proposed(institution, staff, registers=registers, from_on=from_on, to_on=to_on, **said)
    return in_force(event.case, staff).case.project
