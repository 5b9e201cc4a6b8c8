"""What happens to a project on record: the openings and cases of its processes.

The pages and routes are core's (core/living.py); whose project it is, who gets its cases and its
letters stands here. What each process means stands in its own package.
"""

from functools import partial

from django.utils import translation

from fsesys.core import clock, issuing, keeping, living, roles
from fsesys.core.documents import LANGUAGES
from fsesys.core.living import ACTIONS, FORMS, CasePage, Opening, VerbPage, cases, verbs
from institutions import belonging
from institutions.changes.selectors import as_of
from institutions.records import Institution

from . import owning
from .records import Project

ON = "project"
__all__ = ["ACTIONS", "FORMS", "ON", "CasePage", "Opening", "VerbPage", "cases", "verbs"]


def columns(project) -> dict:
    """What a case of a project has before anything is typed."""
    return {"subject_key": project.subject_key, "subject_label": str(project)[:300],
            "project": project, "institution": owning.owner(project, clock.now())}  # fmt: skip


def subject(case):
    """The record that every verb writes."""
    return Project.objects.filter(pk=case.project_id)


def reads(case):
    """The owner is read and may not be ended meanwhile."""
    return [Institution.objects.filter(pk__in=[case.institution_id or 0])]


def interests(case, at) -> frozenset:
    """Ids of the people of the owner, and the project's contact person."""
    return belonging.people_of([case.institution_id], at) | {case.project.contact_id}


def caretaker(project, at=None):
    """The FSE project owner while they are an officer, else who had the last case or the first."""
    if project.officer_id in roles.holders(roles.OFFICER, at).values_list("pk", flat=True):
        return project.officer
    return keeping.caretaker(project.subject_key, roles.OFFICER, at)


def write(event, template, title, context, paragraph="", to=None):
    """Issue the letter in the owner's language to the contact person, or to whom is said."""
    case = event.case
    if case.institution_id is None:
        return None  # its registration was undone: nobody is to be told
    institution, to = as_of(case.institution, event.at), to or case.project.contact
    language = institution.language
    with translation.override(language):
        recipient = {"name": institution.name, "attention": to.name if to else "",
                     "lines": institution.address.splitlines()}  # fmt: skip
        known = {"project_number": case.project.number, "project": case.project.title,
                 "institution": institution.name}  # fmt: skip
    mail = to.mail if to else ""
    return issuing.issue(
        event, template, title, context=known | context, language=language, recipient=recipient,
        mail=mail, channel="mail" if mail else "post", paragraph=paragraph,
    )  # fmt: skip


def spoken(case, context):
    """What `context()` gives, in the language of the owner's letters."""
    with translation.override(case.institution.language if case.institution_id else "da"):
        return context()


def letters(project, move, titles, to=None):
    """To whom the letters of a verb go, for the page that asks for it."""
    institution, to = owning.owner(project, clock.now()), to or project.contact
    name = f"{to.name}, {to.mail}" if to else str(institution or "")
    language = dict(LANGUAGES)[institution.language] if institution else ""
    return [{"title": titles[one], "to": name, "channel": language} for one in move.letters]


def found(pk):
    rows = Project.objects.select_related("officer", "contact", "performer", "controller")
    return rows.filter(pk=pk).first()


KIND = living.Kind(
    slug=ON, base="/projects/", cases="/project-cases/", found=found,
    record=lambda case: case.project, letters=letters,
)  # fmt: skip
home = KIND.home
buttons = partial(living.buttons, KIND)
routes = partial(living.routes, KIND)


def register(machine, model, actions, **known):
    """Make a process of projects known; `interests` may be its own."""
    shared = {"subject": subject, "reads": reads, "interests": interests, "columns": columns}
    living.register(KIND, machine, model, actions, **shared | known)
