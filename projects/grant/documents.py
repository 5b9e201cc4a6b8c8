"""What the letters about an access say. They speak the researcher's language."""

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock, issuing
from fsesys.core.wording import day

TITLES = {
    "access_granted": _("You have access to a project"),
    "access_refused": _("Your access to a project is refused"),
    "access_ended": _("Your access to a project ends"),
}


def language(person) -> str:
    return person.researcher.language if hasattr(person, "researcher") else "da"


def write(event, template, paragraph=""):
    """Issue the letter of the event to the person whom it is about."""
    case, person = event.case, event.case.person
    with translation.override(language(person)):
        context = about(case, event)
    return issuing.issue(
        event, template, TITLES[template], context=context, language=language(person),
        recipient={"name": person.name, "attention": "", "lines": []}, mail=person.mail,
        channel="mail" if person.mail else "post", paragraph=paragraph,
    )  # fmt: skip


def about(case, event) -> dict:
    last_on = event.facts.get("last_on")
    return {
        "person": case.person.name, "ident": getattr(case.person.researcher, "ident", "") or "",
        "project": case.project.number, "title": case.project.title,
        "day": day(clock.day_of(event.at)), "reasons": event.reason,
        "last_on": day(dt.date.fromisoformat(last_on)) if last_on else "",
    }  # fmt: skip
