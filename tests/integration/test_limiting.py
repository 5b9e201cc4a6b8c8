"""A narrower right to enterprise data: what closes is listed and confirmed before, and only that."""

import pytest

from fsesys.core import clock, facts
from fsesys.core.dependants import of
from fsesys.core.refusal import NotYours, Refused
from institutions.limiting import actions
from institutions.limiting.models import LimitCase
from institutions.records import EnterpriseRight
from projects import register
from projects.exempting import actions as exempting
from projects.records import Grant
from tests.accesses import SINCE, opened
from tests.dated import START

pytestmark = pytest.mark.django_db
WHY = {"reason": "The institute is no public body any more."}


@pytest.fixture
def office(staff):
    """One person reaches two projects with restricted data, the second exempted; one a plain one."""
    with opened(staff) as office:
        office.at = SINCE
        office.add("right", SINCE, institution=0, right="full")
        office.add("flag", SINCE, register=0, restricted=True)
        office.add("basis", SINCE, project=0, register=0)
        office.at = START
        for person, project in ((0, 0), (1, 0), (0, 1)):
            fact = {"project": project, **office.home(person)}
            office.spent += 1  # each access is granted in a case of its own
            office.add("allowed", SINCE, project=1, institution=0)
            office.add("grant", START, **fact)
        yield office


def idents():
    rows = register.rows(register.Question(), closed=False)
    return sorted((row.cells["ident"], row.cells["project"]) for row in rows)


def lost(office, key) -> set:
    return {row.label.split(":")[0] for row in of(key, clock.now())}


def end_right(office, by="chief", **typed):
    return actions.end_right(office.institution(0), by=office.staff[by], **WHY, **typed)


def test_what_closes_is_listed_confirmed_and_kept(office):
    assert idents() == [("ABC", 700001), ("ABC", 700002), ("ABD", 700001)]
    keys = [row.key for row in of(f"right:{office.institutions[0]}", clock.now())]
    assert len(keys) == 2 and all(key.startswith("access:") for key in keys)
    with pytest.raises(Refused, match="Look at the list again"):
        end_right(office)
    with pytest.raises(Refused, match="Confirm that 2 things end"):
        end_right(office, listed=keys)
    with pytest.raises(NotYours):
        end_right(office, by="head", listed=keys, confirmed=True)
    assert EnterpriseRight.objects.known().get().right == "full"
    event = end_right(office, listed=keys, confirmed=True)
    assert event.facts["dependants"] == sorted(keys) and event.case.state == "right_ended"
    assert [d.template for d in event.documents.all()] == ["right_ended"]
    assert idents() == [("ABC", 700002)]
    closed = next(row for row in register.rows(register.Question()) if not row.open)
    assert ["which the person's institution may not use" in one.words for one in closed.why] == [
        True
    ]
    with pytest.raises(Refused, match="has no right"):
        end_right(office)


def test_limited_to_exempted_projects(office):
    """Exempted beforehand, the project keeps its accesses; the end of the exemption lists them."""
    institution, project, chief = office.institution(0), office.project(0), office.staff["chief"]
    exempting.exempt(project, by=chief, **WHY)
    assert of(f"full_right:{institution.pk}", clock.now()) == []
    actions.limit_to_exemption(institution, by=chief, confirmed=True, **WHY)
    assert len(idents()) == 3
    with pytest.raises(Refused, match="no full right"):
        actions.limit_to_exemption(institution, by=chief, **WHY)
    keys = [row.key for row in of(f"exemption:{project.pk}", clock.now())]
    with pytest.raises(Refused, match="Look at the list again"):
        exempting.end_exemption(project, by=chief, **WHY)
    event = exempting.end_exemption(project, by=chief, listed=keys, confirmed=True, **WHY)
    assert len(event.facts["dependants"]) == 2 and idents() == [("ABC", 700002)]


def test_on_the_page_of_the_institution(office, client):
    client.force_login(office.staff["chief"])
    base = f"/institutions/{office.institutions[0]}/"
    page = client.get(base).content.decode()
    url = f"{base}enterprise_right/end_right/"
    assert url in page
    form = client.get(url)
    words = form.content.decode()
    assert "Person 0 (ABC)" in words and "I confirm: 2 things end or get a task" in words
    typed = {"key": form.context["form"]["key"].value(), "seen": 0, **WHY, "confirmed": "on",
             "listed": form.context["form"]["listed"].value()}  # fmt: skip
    answer = client.post(url, typed | {"confirmed": ""})
    assert answer.status_code == 409 and "Confirm that 2 things" in answer.content.decode()
    answer = client.post(url, typed)
    assert answer.status_code == 303, answer.content.decode()
    assert "Right ended" in client.get(answer["Location"]).content.decode()
    number = LimitCase.objects.get().number
    case = client.get(f"/institution-cases/enterprise_right/{number}/").content.decode()
    assert "Accesses that closed" in case and WHY["reason"] in case


@pytest.mark.parametrize("process", ["enterprise_right/end_right", "enterprise_right/limit_to_exemption",
                                     "exemption/end_exemption"])  # fmt: skip
def test_a_list_that_changed_is_shown_anew_and_can_be_confirmed(process, office, client):
    """What was listed when the page was opened is not what breaks when it is sent."""
    client.force_login(office.staff["chief"])
    url = f"/institutions/{office.institutions[0]}/{process}/"
    if process.startswith("exemption"):
        exempting.exempt(office.project(0), by=office.staff["chief"], **WHY)
        actions.limit_to_exemption(office.institution(0), by=office.staff["chief"],
                                   confirmed=True, **WHY)  # fmt: skip
        url = f"/projects/{office.projects[0]}/{process}/"
    form = client.get(url).context["form"]
    typed = {"key": form["key"].value(), "seen": 0, **WHY, "confirmed": "on",
             "listed": form["listed"].value()}  # fmt: skip
    assert len(typed["listed"].split()) == 2
    grant = Grant.objects.known().get(project=office.projects[0], person=office.people[1])
    facts.end_all([grant], at=clock.now(), by=grant.recorded_by, event=None, to_at=clock.now())
    answer = client.post(url, typed)
    assert answer.status_code == 409 and "Look at the list again" in answer.content.decode()
    form = answer.context["form"]
    assert len(form["listed"].value().split()) == 1 and not form["confirmed"].value()
    typed["listed"] = form["listed"].value()
    answer = client.post(url, typed)
    assert answer.status_code == 303, answer.content.decode()
