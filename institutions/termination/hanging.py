"""What hangs on an authorisation in this app: the roles of the institution's people."""

from django.db.models import Q

from fsesys.core.dependants import Dependant
from fsesys.core.facts import end_all

from ..records import RoleHolding


def listed(subject_key, at) -> list:
    """The kind "holding": roles that run at the instant or begin later."""
    kind, _colon, pk = subject_key.partition(":")
    if kind != "institution":
        return []
    rows = RoleHolding.objects.known().filter(Q(to_at=None) | Q(to_at__gt=at), institution=pk)
    rows = rows.select_related("person").order_by("role", "person__name", "pk")
    return [Dependant("holding", f"holding:{row.pk}", str(row).strip()) for row in rows]


def on_end(ids, event, to_at):
    """The roles end when the authorisation does, where they have not ended before."""
    held = RoleHolding.objects.filter(Q(to_at=None) | Q(to_at__gt=to_at), pk__in=ids)
    end_all(list(held), at=event.at, by=event.by, event=event, to_at=to_at)
