"""One search box over case number, name, CVR, authorisation number, project, person, ident.

Every word must begin a word of the record's normalised search column; the index on its
text-search vector answers it, whatever the size of the register.
"""

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from fsesys.core import clock, processes
from fsesys.core.cases import Case
from fsesys.core.finding import newest
from fsesys.core.names import prefix_words
from fsesys.core.people import Person
from institutions import standing
from institutions.authorisation.models import AuthorisationCase
from institutions.records import Institution, RoleHolding
from projects import standing as projects
from projects.records import Project
from researchers import standing as researchers
from researchers.records import Researcher

LIMIT = 20
KINDS = (Case, Institution, Project, Person)  # with a search column
LONGEST_IDENT = Researcher._meta.get_field("ident").max_length


def find(words: str) -> list:
    """Hits as {kind, title, text, state, url}: institutions, projects, researchers, cases, people;
    the newest 20 of each."""
    return found(words)[0]


def found(words: str) -> tuple:
    """(the hits, whether of one kind there may be more than are shown)."""
    query = prefix_words(words)
    if not query:
        return [], False
    cases, institutions, projects, people = newest(KINDS, query, LIMIT)
    groups = [
        list(group)
        for group in (
            institutions and _institutions(institutions),
            projects and _projects(projects),
            _researchers(words, people),
            cases and _cases(cases),
            people and _people(people),
        )
    ]  # fmt: skip  nothing more is asked of a kind without a hit
    hits = [hit for group in groups for hit in group]
    return hits, any(len(group) >= LIMIT for group in groups)


def _newest(rows, ids):
    return rows.filter(pk__in=ids).order_by("-pk")


def _cases(ids):
    for case in _newest(Case.objects.all(), ids):
        process = processes.get(case.process)
        yield {
            "kind": process.machine.label_one, "title": f"{case.number} {case.subject_label}",
            "text": "", "state": process.machine.state(case.state).label,
            "url": f"{process.url}{case.number}/",
        }  # fmt: skip


def _institutions(ids):
    rows = standing.with_standing(Institution.objects.select_related("parent"), clock.now())
    for row in _newest(rows, ids):
        number = row.authorisation_number
        text = _("Authorisation number %(number)d") % {"number": number} if number else ""
        yield {"kind": _("Institution"), "title": str(row), "text": f"CVR {row.cvr} {text}",
               "state": standing.suspended(row), "url": f"/institutions/{row.pk}/"}  # fmt: skip


def _researchers(words, people):
    """Researchers by name or mail, and the one with the ident."""
    ident = words.strip().upper()
    if not people and not (ident.isalpha() and len(ident) <= LONGEST_IDENT):
        return
    rows = Researcher.objects.filter(Q(person__in=people) | Q(ident=ident))
    rows = researchers.with_standing(rows.select_related("person"), clock.now())
    for row in rows.order_by("-pk")[:LIMIT]:
        yield {"kind": _("Researcher"), "title": str(row), "text": row.person.mail,
               "state": researchers.places(row), "url": f"/researchers/{row.pk}/"}  # fmt: skip


def _projects(ids):
    rows = list(_newest(projects.with_standing(Project.objects.all(), clock.now()), ids))
    owners = projects.owners(rows)
    for row in rows:
        yield {"kind": _("Project"), "title": str(row), "text": str(owners.get(row.owner_id, "")),
               "state": projects.held(row) or projects.state(row),
               "url": f"/projects/{row.pk}/"}  # fmt: skip


def _people(ids):
    """People with their roles at institutions, and the cases that name them as manager."""
    theirs = RoleHolding.objects.select_related("institution__parent")
    rows = _newest(Person.objects.filter(is_system=False), ids)
    people = list(rows.prefetch_related(Prefetch("holdings", theirs)))
    for person in people:
        for holding in list(person.holdings.all())[:3]:
            yield {
                "kind": _("Person"), "title": person.name,
                "text": f"{holding.get_role_display()}, {holding.institution}", "state": "",
                "url": f"/institutions/{holding.institution_id}/",
            }  # fmt: skip
    named = AuthorisationCase.objects.filter(head__in=people).select_related("head")
    for case in named.order_by("-pk")[:LIMIT]:
        yield {
            "kind": _("Person"), "title": case.head.name, "state": case.state_now.label,
            "text": f"{case.number} {case.subject_label}", "url": f"/authorisations/{case.number}/",
        }  # fmt: skip
