"""The case file: everything of a case in order, as one PDF, for access requests and complaints.

With internal notes it is for ourselves; without them notes, internal papers and internal
questions are left out. What was handed out is a document of the case like any other.
"""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy

from . import processes
from .documents import INTERNAL
from .door import hold, perform
from .issuing import issue

TEMPLATE = "case_file"
TITLE = gettext_lazy("Case file")
INWARD = ("note", "assign", "propose", "decline")  # what is written for ourselves only
KEPT = ("header", "sections", "checklist", "questions", "people")


@transaction.atomic
def case_file(case, *, by, reason, notes=False, language="da", **door):
    """Everything on the case was put together in one PDF; the reason says for whom."""
    case = hold(case)
    event = perform(
        case,
        "case_file",
        by=by,
        reason=reason,
        facts={"notes": notes, "language": language},
        **door,
    )
    with translation.override(language):
        page = processes.get(case.process).page(process=case.process).page(case, by)
        context = {name: page[name] for name in KEPT} | {
            "timeline": [row for row in reversed(page["timeline"]) if notes or _outward(row)],
            "bound": [_listed(row) for row in contents(case, notes)],
            "notes": notes, "reason": reason, "process": str(case.machine.label_one),
        }  # fmt: skip
        if not notes:
            context["checklist"] = []
    return issue(
        event, TEMPLATE, TITLE, context=_plain(context), language=language, internal=True,
        recipient={"name": case.subject_label, "attention": "", "lines": []},
    ).event  # fmt: skip


def contents(case, notes):
    """The documents of the file, oldest first; earlier case files are not bound in again."""
    rows = case.documents.exclude(template=TEMPLATE).order_by("registered_at", "pk")
    return [row for row in rows if notes or row.direction != INTERNAL or row.signatures.exists()]


def _outward(row) -> bool:
    return row.get("verb") not in INWARD


def _listed(row) -> dict:
    return {"number": row.number, "title": row.title}


def _plain(value):
    """The page's values as JSON: lazy texts become words."""
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, bool | int | float | None) else str(value)
