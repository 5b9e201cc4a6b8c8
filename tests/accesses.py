"""People, institutions and projects that an access rests on, as bare facts: quick for its tests."""

import datetime as dt
from contextlib import contextmanager

from django.utils import translation

from fsesys.core import clock
from fsesys.core.cases import Case
from fsesys.core.people import Person, User
from institutions.records import Institution
from projects.records import Project
from researchers.records import Association, Researcher
from tests.dated import START, World

SINCE = clock.midnight(dt.date(2026, 1, 1))


class Office(World):
    """Two institutions, three people with idents, two projects that run, all of whom may work."""

    def __init__(self):
        super().__init__(2, 3, 2, 1, 6)
        self.at = START - dt.timedelta(days=1)
        for place in range(2):
            self.add("authorised", SINCE, institution=place)
            self.add("owner", SINCE, project=place, institution=place)
            self.add("period", SINCE, project=place)
        for person in range(3):
            self.add("association", SINCE, **self.home(person))
            self.add("pass", SINCE, person=person, on=dt.date(2026, 1, 1))
            Researcher.objects.create(
                person_id=self.people[person], ident=("ABC", "ABD", "ABE")[person]
            )
        self.at = START

    def home(self, person):
        """The association of a person: all at the first institution but the last."""
        place = int(person == 2)
        return {"person": person, "institution": place, "agreement": person * 2 + place}

    def person(self, n):
        return Person.objects.select_related("researcher").get(pk=self.people[n])

    def project(self, n):
        return Project.objects.get(pk=self.projects[n])

    def institution(self, n):
        return Institution.objects.get(pk=self.institutions[n])

    def association(self, n):
        rows = Association.objects.known().select_related("person__researcher", "agreement")
        return rows.get(person=self.people[n])

    def agreement(self, n):
        return Case.objects.get(pk=self.agreements[n])


@contextmanager
def opened(staff):
    """The office in English at START, with the staff's accounts."""
    with clock.moved(START), translation.override("en"):
        office = Office()
        User.objects.update(language="en")
        office.staff = staff
        yield office
