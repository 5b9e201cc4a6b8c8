"""What a second person has before them for a copy signed elsewhere: page by page beside ours."""

from .. import signatures

SIDES = {"register_our_signature": "us", "register_counter_signature": "them"}


def beside(case, proposal) -> list:
    """One row per page of the agreement: how much of its text stands on that page of the copy."""
    side = SIDES.get(proposal.verb)
    if side is None or not case.agreement_id:
        return []
    return signatures.beside(case.agreement.document, side, proposal)
