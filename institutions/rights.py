"""The dated right of an institution to restricted enterprise data: put anew, ended with its period."""

from fsesys.core.facts import replace

from .records import EnterpriseRight
from .standing import ends_at


def put(event, right, reason):
    """The right from this moment, until the authorisation ends."""
    institution, at = event.case.institution, event.at
    stamp = {"at": at, "by": event.by, "event": event}
    for row in EnterpriseRight.objects.at(at).filter(institution=institution):
        replace(row, to_at=at, **stamp)
    return EnterpriseRight.objects.create(
        institution=institution, right=right, reason=reason[:300], from_at=at, recorded_at=at,
        recorded_by=event.by, event=event, to_at=ends_at(institution, at),
    )  # fmt: skip
