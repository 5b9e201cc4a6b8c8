"""The names behind accesses: people, projects and institutions of many rows in a few queries.

An institution is called as it was at the instant that is asked about, so far as was known then.
"""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fsesys.core import clock, written
from fsesys.core.finding import among
from fsesys.core.people import Person
from institutions.changes.selectors import called

from .records import Project, ProjectOwner


@dataclass(frozen=True)
class Names:
    """Plain values, no records: an export reads tens of thousands of them."""

    people: dict  # id -> (name, ident or None)
    projects: dict  # id -> (number, title)
    institutions: dict  # id -> name
    owners: dict  # project id -> institution id

    def sentence(self, one) -> str:
        """One access in a line: the person, where from, which project."""
        return _("%(person)s (%(institution)s) to project %(project)s") % {
            "person": self.person(one), "institution": self.institution(one),
            "project": self.project(one),
        }  # fmt: skip

    def person(self, one) -> str:
        name, ident = self.people[one.person_id]
        return f"{name} ({ident})" if ident else name

    def project(self, one) -> str:
        number, title = self.projects[one.project_id]
        return f"{number} {title}"

    def institution(self, one) -> str:
        return self.institutions.get(one.institution_id, "")

    def owner(self, one) -> str:
        return self.institutions.get(self.owners.get(one.project_id), "")

    def url(self, one) -> str:
        return f"/projects/{one.project_id}/"


def of(rows, at=None, known=None) -> Names:
    """The names of these accesses; owners, and what places were called, at the instant where one is
    asked about."""
    projects = {one.project_id for one in rows}
    owners = {}
    if at and projects:
        asked = {"projects": sorted(projects), "at": at, "known": known or clock.now()}
        owners = clock.read_once(
            ("owners", at, known, frozenset(projects)), lambda: dict(written.told(_owners, **asked))
        )
    places = {one.institution_id for one in rows} | set(owners.values())
    return Names(
        _named(_people, {one.person_id for one in rows}), _named(_projects, projects),
        _places(places, at or clock.now(), known), owners,
    )  # fmt: skip


def _named(question, pks) -> dict:
    """{id: what the question tells of it} of these ids."""

    def load():
        return {pk: row for pk, *row in written.told(question, pks=sorted(pks))}

    return clock.read_once((question, frozenset(pks)), load) if pks else {}


def _owners(projects, at, known):
    rows = ProjectOwner.objects.as_known(at, known).filter(among(projects, "project_id"))
    return rows.values_list("project_id", "institution_id")


def _people(pks):
    return Person.objects.filter(among(pks)).values_list("pk", "name", "researcher__ident")


def _projects(pks):
    return Project.objects.filter(among(pks)).values_list("pk", "number", "title")


def _places(pks, at, known) -> dict:
    """{id: name} of these ids, which may have None among them."""
    pks = frozenset(pks) - {None}
    key = ("places", pks, at, known, get_language())
    return clock.read_once(key, lambda: called(pks, at, known))
