"""How to apply, as anybody may read it: drawn from the check-list, the machine, the parameters.

Belongs here: what the public page says (seed, process 1, step 2). No case and no record is read.
"""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fsesys.core import checklists, clock, office, uploads
from fsesys.core.parameters import parameters

from .machine import MACHINE

FOR_WHOM = {
    "": gettext_lazy("All applicants"),
    "private": gettext_lazy("Private applicants, in addition"),
}
WHAT_HAPPENS = {  # step of the machine: what the applicant sees of it
    1: gettext_lazy("You send the application form with its annexes."),
    2: gettext_lazy("The application gets a case number, and you get a receipt by mail."),
    3: gettext_lazy(
        "We examine every criterion. If we need to know more, we send numbered questions; our time"
        " stands still until all of them are answered."
    ),
    4: gettext_lazy("If the criteria are met, we draft the authorisation agreement."),
    5: gettext_lazy("The case goes to the chief statistician with our recommendation."),
    6: gettext_lazy(
        "The chief statistician decides. If the answer is yes, we sign the agreement first and send"
        " it to you. If it is no, you get a letter with the reasons."
    ),
    7: gettext_lazy("Your responsible manager signs the agreement and sends it back to us."),
    8: gettext_lazy(
        "We register the institution and send a welcome letter with the authorisation number. Only"
        " then can access to data be given."
    ),
}
THEIRS = ("applicant", "institution")


def checklist_today():
    """The check-list in force today."""
    return checklists.in_force(MACHINE.process, clock.today())


def page(language: str) -> dict:
    """Everything the page says today. Call it with `language` ("da", "en") active."""
    checklist, numbers, rows = checklist_today(), parameters(), steps()
    return {
        "on": _day(clock.today(), language),
        "since": checklist and _day(checklist.from_on, language), "checklist": checklist,
        "numbers": numbers, "steps": rows,
        "criteria": groups(checklist, "criteria"),
        "enclosures": groups(checklist, "enclosures"), "office": office.block(language),
        "endings": ", ".join(uploads.TYPES), "limit": settings.FSESYS_MAX_UPLOAD_MB,
        "ours": working_days(sum(row["days"] or 0 for row in rows if not row["theirs"])),
        "notes": {"experienced_researchers": _least(numbers["min_experienced_researchers"])},
    }  # fmt: skip


def groups(checklist, what: str) -> list:
    """The version's "criteria" or "enclosures": those for everybody, then for private ones."""
    rows = list(getattr(checklist, what).all()) if checklist else []
    found = (
        {"title": title, "private": bool(kind), "rows": [r for r in rows if r.applies_to == kind]}
        for kind, title in FOR_WHOM.items()
    )
    return [group for group in found if group["rows"]]


def steps() -> list:
    """The steps of the machine in words, each with its target in working days."""
    numbers, told = parameters(), []
    for step in MACHINE.steps:
        names = _targets(step.states) - _targets(_later(step))
        days = sum(numbers[name] for name in names) if names else None
        told.append({
            "number": step.number, "label": step.label, "text": WHAT_HAPPENS[step.number],
            "days": days, "time": working_days(days) if days else "", "theirs": _theirs(step),
        })  # fmt: skip
    return told


def working_days(days: int) -> str:
    return ngettext("%(days)s working day", "%(days)s working days", days) % {"days": days}


def _targets(states) -> set:
    """A target that two states share is one target: it runs from the first to the last of them."""
    return {MACHINE.target_days[state] for state in states if state in MACHINE.target_days}


def _later(step) -> list:
    return [s for later in MACHINE.steps if later.number > step.number for s in later.states]


def _theirs(step) -> bool:
    waiting = {MACHINE.state(state).waits_for for state in step.states}
    return bool(waiting) and waiting <= set(THEIRS)


def _day(day, language: str) -> str:
    return date_format(day, "j. F Y" if language == "da" else "j F Y")


def _least(count: int) -> str:
    return _("The number in force is %(count)s.") % {"count": count}
