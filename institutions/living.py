"""What happens to an institution on record: the openings and cases of its small processes.

The pages and routes are core's (core/living.py); whose institution it is, who gets its cases and
its letters stands here. What each process means stands in its own package.
"""

from functools import partial

from django.utils import translation

from fsesys.core import clock, issuing, keeping, living, roles
from fsesys.core.documents import LANGUAGES
from fsesys.core.living import ACTIONS, FORMS, CasePage, Opening, VerbPage, cases, verbs

from . import belonging, selectors
from .changes.selectors import as_of
from .records import Institution
from .selectors import head_of

ON = "institution"
__all__ = ["ACTIONS", "FORMS", "ON", "CasePage", "Opening", "VerbPage", "cases", "verbs"]


def columns(institution) -> dict:
    """What a case of a small process has before anything is typed."""
    return {"subject_key": institution.subject_key, "subject_label": institution.name,
            "institution": institution}  # fmt: skip


def subject(case):
    """The record that every verb of a small process locks."""
    return Institution.objects.filter(pk=case.institution_id)


def interests(case, at) -> frozenset:
    """Ids of the people who belong to the institution."""
    return belonging.people_of([case.institution_id], at)


def caretaker(institution, at=None):
    """The FSE responsible who gets a new case: who had the last one, else the first of them."""
    return keeping.caretaker(institution.subject_key, roles.RESPONSIBLE, at)


def write(event, template, title, context, paragraph="", head=None):
    """Issue the letter in the institution's language and mail it to its responsible person.

    head: the person, where the verb itself ended or gave that role; else who holds it.
    """
    institution = as_of(event.case.institution, event.at)
    head, language = head or head_of(institution, event.at), institution.language
    with translation.override(language):
        to = {"name": institution.name, "attention": head.name if head else "",
              "lines": institution.address.splitlines()}  # fmt: skip
    return issuing.issue(
        event, template, title, context=context, language=language, recipient=to,
        mail=head.mail if head else "", channel="mail" if head else "post", paragraph=paragraph,
    )  # fmt: skip


def gap_alert(case) -> list:
    """On an open case: that its institution has no responsible person."""
    sentence = "" if case.closed_at else selectors.gap(case.institution_id, clock.now())
    return [f"{sentence}."] if sentence else []


def letters(institution, move, titles):
    """To whom the letters of a verb go, for the page that asks for it."""
    head = head_of(institution, clock.now())
    to = f"{head.name}, {head.mail}" if head else institution.name
    return [{"title": titles[name], "to": to, "channel": dict(LANGUAGES)[institution.language]}
            for name in move.letters]  # fmt: skip


KIND = living.Kind(
    slug=ON, base="/institutions/", cases="/institution-cases/",
    found=lambda pk: Institution.objects.select_related("parent").filter(pk=pk).first(),
    record=lambda case: case.institution, letters=letters, alerts=gap_alert,
)  # fmt: skip
home = KIND.home
buttons = partial(living.buttons, KIND)
routes = partial(living.routes, KIND)


def register(machine, model, actions, **known):
    """Make a small process of institutions known; `interests` may be its own."""
    shared = {"subject": subject, "interests": interests, "columns": columns}
    living.register(KIND, machine, model, actions, **shared | known)
