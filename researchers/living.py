"""What happens to a researcher on record: the openings and cases of the small processes.

The pages and routes are core's (core/living.py); whose record it is, who gets its cases and its
letters stands here. What each process means stands in its own package. A case of this kind has a
column `person`, and `person__researcher` among its `related`.
"""

from functools import partial

from django.utils import translation

from fsesys.core import clock, issuing, keeping, living, roles
from fsesys.core.documents import LANGUAGES
from fsesys.core.living import ACTIONS, FORMS, CasePage, Opening, VerbPage, cases, verbs
from fsesys.core.people import Person
from institutions import belonging

from .records import Association, Researcher

ON = "researcher"
__all__ = ["ACTIONS", "FORMS", "ON", "CasePage", "Opening", "VerbPage", "cases", "verbs"]


def columns(researcher) -> dict:
    """What a case of a small process has before anything is typed."""
    return {"subject_key": researcher.subject_key, "subject_label": str(researcher),
            "person": researcher.person}  # fmt: skip


def subject(case):
    """The record that every verb of a small process locks: the person."""
    return Person.objects.filter(pk=case.person_id)


def interests(case, at) -> frozenset:
    """Ids of who may not decide: the human being itself under every record, and whoever belongs
    where the person is associated; asked once per request and instant."""
    return clock.kept(("researcher interests", case.person_id, at),
                      lambda: case.person.human() | _at_home(case.person.human(), at))  # fmt: skip


def _at_home(people, at):
    homes = Association.objects.at(at).filter(person__in=people)
    return belonging.people_of(homes.values_list("institution_id", flat=True), at)


def caretaker(researcher, at=None):
    """The FSE secretary who gets a new case: who had the last one, else the first of them."""
    return keeping.caretaker(researcher.subject_key, roles.SECRETARY, at)


def language(person) -> str:
    return person.researcher.language if hasattr(person, "researcher") else "da"


def write(event, template, title, context, paragraph="", person=None, mail=""):
    """Issue the letter of the event to the person whom the case is about, in their language.

    context: what the letter says, or a function that gives it, called in that language.
    mail: where the case has one of its own, else the person's.
    """
    person = person or event.case.person
    mail = mail or person.mail
    with translation.override(language(person)):
        context = context() if callable(context) else context
    return issuing.issue(
        event, template, title, context=context, language=language(person),
        recipient={"name": person.name, "attention": "", "lines": []}, mail=mail,
        channel="mail" if mail else "post", paragraph=paragraph,
    )  # fmt: skip


def letters(researcher, move, titles, mail=""):
    """To whom the letters of a verb go, for the page that asks for it. mail: as for `write`."""
    person, mail = researcher.person, mail or researcher.person.mail
    to = f"{person.name}, {mail}" if mail else person.name
    return [{"title": titles[name], "to": to, "channel": dict(LANGUAGES)[researcher.language]}
            for name in move.letters]  # fmt: skip


KIND = living.Kind(
    slug=ON, base="/researchers/", cases="/researcher-cases/",
    found=lambda pk: Researcher.objects.select_related("person").filter(pk=pk).first(),
    record=lambda case: case.person.researcher, letters=letters,
)  # fmt: skip
home = KIND.home
buttons = partial(living.buttons, KIND)
routes = partial(living.routes, KIND)


def register(machine, model, actions, **known):
    """Make a small process of researchers known; `interests` may be its own."""
    shared = {"subject": subject, "interests": interests, "columns": columns}
    living.register(KIND, machine, model, actions, **shared | known)
