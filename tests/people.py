"""People associated with institutions, walked through the actions; nothing here sets a state.

The copies that they sign are small files of their own: a test that calls `active` has the fixture
`quick_copies` (`walk_to` brings it).
"""

from fsesys.core import clock
from fsesys.core.people import Person
from fsesys.desk.demo import applications
from institutions.changes.selectors import as_of
from institutions.records import RoleHolding
from researchers.association import actions, selectors
from researchers.association.models import AssociationCase


def word(n) -> str:
    """A part of a name for each number, of letters that no other letter is mistaken for."""
    letters = "bcdfghjkmnpqrstv"
    return (word(n // len(letters)) if n >= len(letters) else "") + letters[n % len(letters)]


def request(institution, name="Rikke Rask", type="employee", **told) -> dict:
    """What a secretary types for a person who is new to us."""
    domain = as_of(institution, clock.now()).mail_domains[0]
    mail = f"{'.'.join(name.lower().split())}@{domain}".encode("ascii", "ignore").decode()
    return {
        "name": name, "mail": mail, "birth_year": 1985, "citizenship": "DK", "country": "DK",
        "type": type, "received_on": clock.today(),
        "agreement": applications.pdf(f"agreement of {name}", "agreement.pdf"),
        "declaration": applications.pdf(f"declaration of {name}", "declaration.pdf"),
    } | told  # fmt: skip


def requested(institution, staff, name="Rikke Rask", type="employee", **told) -> AssociationCase:
    typed = request(institution, name, type, **told)
    return actions.register_request(institution, by=staff["secretary"], **typed).case


def head(institution) -> Person:
    """Who is responsible there now."""
    held = RoleHolding.objects.at(clock.now()).filter(role="responsible", institution=institution)
    return held.select_related("person").get().person


def approved(institution, staff, name="Rikke Rask", type="employee", **told) -> AssociationCase:
    case = requested(institution, staff, name, type, **told)
    return actions.register_approval(case, by=staff["secretary"], **answered(institution)).case


def answered(institution, **told) -> dict:
    """What a secretary types when the institution has approved or refused."""
    return {
        "answered_by": head(institution), "answered_on": clock.today(),
        "upload": applications.pdf(f"answer of {institution}", "answer.pdf"),
    } | told  # fmt: skip


def identified(case, staff, **told) -> dict:
    """What a secretary types when the person has signed and shown who they are."""
    return {
        "upload": applications.pdf(f"signed {case.number}", "signed.pdf"), "road": "scan",
        "signed_on": clock.today(), "signer": case.person_id, "proof": "passport",
        "proof_on": clock.today(), "proof_by": staff["secretary"].person,
    } | told  # fmt: skip


def active(institution, staff, name="Rikke Rask", type="employee", **told) -> AssociationCase:
    """The case of an association that runs from now."""
    case = approved(institution, staff, name, type, **told)
    return actions.activate(case, by=staff["secretary"], **identified(case, staff)).case


def ended(case, staff, by="secretary", **told):
    """The event that ended the association on the person's own word, all that hangs confirmed."""
    case = AssociationCase.objects.get(pk=case.pk)
    keys = [row.key for row in selectors.hanging(case, clock.now())]
    typed = {"asked_by": case.person, "asked_on": clock.today(), "end_reason": "A new post",
             "listed": keys, "confirmed": True} | told  # fmt: skip
    return actions.end(case, by=staff[by], **typed)
