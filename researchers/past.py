"""What ever happened to a researcher: the documents and acts of every case about them."""

from fsesys.core import casepage, processes, roles
from fsesys.core.cases import ProcessEvent
from fsesys.core.documents import Document
from fsesys.core.finding import OneOf, ids
from fsesys.core.wording import when

LATEST = 50


def documents(cases) -> list:
    """The latest documents of the cases, without their bytes."""
    rows = Document.objects.filter(OneOf("pk", ids(Document.objects.filter(_about(cases)))))
    rows = rows.select_related("rendering__file", "file")
    rows = rows.defer("rendering__file__content", "file__content", "context")
    return casepage.documents(rows.order_by("-registered_at", "-pk")[:LATEST])


def timeline(cases) -> list:
    """The latest acts on the cases, newest first; notes and reminders stand on each case."""
    acts = ProcessEvent.objects.filter(_about(cases), quiet=False)
    rows = ProcessEvent.objects.filter(OneOf("pk", ids(acts)))
    rows = rows.select_related("case", "by", "on_behalf_of", "proposed_by")
    events = list(rows.order_by("-at", "-pk")[:LATEST])
    undone = {event.undoes_id for event in events}
    return [_entry(event, event.pk in undone) for event in events]


def _about(cases):
    """Found by their cases first: the latest of everything are no short cut to those of a few."""
    return OneOf("case_id", ids(cases))


def _entry(event, undone):
    move = processes.get(event.case.process).machine.move(event.verb)
    return {
        "at": when(event.at), "who": event.by.name, "role": roles.label(event.role),
        "on_behalf_of": event.on_behalf_of.name if event.on_behalf_of else "",
        "proposed_by": event.proposed_by.name if event.proposed_by else "", "kind": "event",
        "undone": undone, "title": f"{move.done or move.label} ({event.case.number})",
        "text": event.reason, "details": [], "quiet": False,
    }  # fmt: skip
