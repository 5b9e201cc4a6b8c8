"""The end of an association: what its page says until then, and what hangs on who leaves."""

from __future__ import annotations

import datetime as dt

import pytest

from fsesys.core import clock, dependants, undoing
from fsesys.core.people import Person
from fsesys.core.refusal import Refused
from fsesys.desk import work
from projects.ending.models import EndingCase
from researchers.association import selectors
from tests import people, projects
from tests.integration.test_association import home  # noqa: F401
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
DAY = dt.timedelta(days=1)


def test_an_association_that_ends_later_says_until_when_it_runs(home, staff, client):  # noqa: F811
    case = people.active(home, staff)
    last = clock.today() + 200 * DAY
    people.ended(case, staff, last_on=last)
    client.force_login(staff["secretary"])
    page = f"/association-cases/association/{case.number}/"
    told = f"runs until its last day, {last.day} {last:%B %Y}"
    assert told in client.get(page).content.decode()
    with clock.moved(clock.after(last)):
        assert "runs until" not in client.get(page).content.decode()


@pytest.mark.usefixtures("waiting")
def test_the_projects_of_a_contact_person_who_leaves_get_another(home, staff):  # noqa: F811
    case = people.active(home, staff)
    contact = {"name": case.person.name, "mail": case.person.mail}
    runs = projects.project_in_force(home, staff, contact=contact)
    proposed = projects.proposed(home, staff, contact=contact).case
    projects.project_in_force(home, staff)  # of another contact person
    people.active(home, staff, "Sara Sand")
    listed = selectors.hanging(case, clock.now())
    assert [row.key for row in listed] == [f"contact:{runs.pk}", f"contact:{proposed.project_id}"]
    assert listed[0].label == f"Project {runs} needs another contact person"
    with pytest.raises(Refused, match="Confirm that 2 things"):
        people.ended(case, staff, confirmed=False)
    with clock.moved(clock.now() + dt.timedelta(hours=1)):
        event = people.ended(case, staff)
        asked = EndingCase.objects.get(project=runs)  # no case of the project was open
        assert asked.state == "awaiting_decision" and event.case.number in asked.story[-1].reason
        assert "names another one" in asked.story[-1].reason
        officer = staff["officer"].person
        waits = {row["number"] for row in work.tasks(officer, frozenset(["officer"]))}
        assert {asked.number, proposed.number} <= waits
        undoing.undo(event.case, by=staff["secretary"])
        assert "stands again" in asked.events.order_by("pk").last().reason


def test_a_contact_person_who_stays_under_another_record_or_at_the_owner_is_not_listed(
    home, staff, walk_to  # noqa: F811
):  # fmt: skip
    case = people.active(home, staff)
    twin = people.active(home, staff, "Rikke R. Rask")
    contact = {"name": case.person.name, "mail": case.person.mail}
    project = projects.project_in_force(home, staff, contact=contact)
    walked = walk_to("authorised")
    with at(walked.day + DAY):
        elsewhere = people.active(walked.case().institution, staff, person=case.person)
        key = elsewhere.subject_key
        assert [r for r in dependants.of(key, clock.now()) if r.kind == "contact"] == []
        key = f"contact:{project.pk}"
        assert key in [row.key for row in dependants.of(case.subject_key, clock.now())]
        Person.objects.filter(pk=twin.person_id).update(same_as=case.person)
        assert key not in [row.key for row in dependants.of(case.subject_key, clock.now())]


def test_a_contact_person_who_stays_under_a_new_agreement_is_not_listed(home, staff):  # noqa: F811
    case = people.active(home, staff)
    contact = {"name": case.person.name, "mail": case.person.mail}
    projects.project_in_force(home, staff, contact=contact)
    people.ended(case, staff, last_on=clock.today() + 20 * DAY)
    with clock.moved(clock.now() + DAY):
        known = {"name": "", "birth_year": None, "citizenship": "", "country": ""}
        people.active(home, staff, person=case.person, **known)
        event = people.ended(case, staff)  # brought forward
        assert not [key for key in event.facts["dependants"] if key.startswith("contact:")]
