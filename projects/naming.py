"""The names behind accesses: people, projects and institutions of many rows in three queries."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fsesys.core import clock
from fsesys.core.people import Person
from institutions.records import Institution

from .records import Project, ProjectOwner


@dataclass(frozen=True)
class Names:
    people: dict
    projects: dict
    institutions: dict
    owners: dict  # project id -> institution id

    def sentence(self, one) -> str:
        """One access in a line: the person, where from, which project."""
        return _("%(person)s (%(institution)s) to project %(project)s") % {
            "person": self.person(one), "institution": self.institution(one),
            "project": self.projects[one.project_id],
        }  # fmt: skip

    def person(self, one) -> str:
        person = self.people[one.person_id]
        ident = person.researcher.ident if hasattr(person, "researcher") else None
        return f"{person.name} ({ident})" if ident else person.name

    def ident(self, one) -> str:
        person = self.people[one.person_id]
        return (person.researcher.ident or "") if hasattr(person, "researcher") else ""

    def institution(self, one) -> str:
        return str(self.institutions.get(one.institution_id, ""))

    def owner(self, one) -> str:
        return str(self.institutions.get(self.owners.get(one.project_id), ""))

    def url(self, one) -> str:
        return f"/projects/{one.project_id}/"


def of(rows, at=None, known=None) -> Names:
    """The names of these accesses; owners at the instant where one is asked about."""
    projects = {one.project_id for one in rows}
    owners = {}
    if at:
        found = ProjectOwner.objects.as_known(at, known).filter(project__in=projects)
        found = found.values_list("project_id", "institution_id")
        owners = clock.read_once(("owners", at, known, frozenset(projects)), lambda: dict(found))
    places = {one.institution_id for one in rows} | set(owners.values())
    people = Person.objects.select_related("researcher").defer("search", "words")
    return Names(
        _named(people, {one.person_id for one in rows}),
        _named(Project.objects.defer("search", "words"), projects),
        _named(Institution.objects.select_related("parent").defer("search", "words"), places), owners,
    )  # fmt: skip


def _named(rows, pks) -> dict:
    """{id: record} of these ids, which may have None among them."""
    pks = frozenset(pks) - {None}
    return clock.read_once(("names", rows.model, pks), lambda: rows.in_bulk(pks))
