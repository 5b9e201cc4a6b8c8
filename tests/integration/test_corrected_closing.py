"""A correction that closes accesses says which ones to the second person, and keeps them."""

from __future__ import annotations

import datetime as dt

import pytest

from fsesys.core import clock, correcting, pending
from fsesys.core.cases import ProcessEvent
from projects import access
from projects.grant import actions as grants
from projects.proposal.models import ProposalCase
from projects.records import ProjectPeriod
from researchers.association import selectors as association
from researchers.association.models import AssociationCase
from researchers.certification import actions as certification
from researchers.certification.models import CertificationCase
from researchers.records import Researcher
from tests import people, projects
from tests.integration.test_corrected_research import fresh, home, proposed  # noqa: F401
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
DAY = dt.timedelta(days=1)
ACROSS = "Accesses that close by it"


@pytest.fixture
def opened(home, staff):  # noqa: F811
    """The case of an access that is open: person, association, test and project are in order."""
    agreement = people.active(home, staff)
    researcher = Researcher.objects.get(person=agreement.person_id)
    certification.register_result(
        researcher, by=staff["secretary"], taken_on=clock.today(), correct=10
    )
    project = projects.project_in_force(home, staff)
    case = grants.register_request(
        project, by=staff["secretary"], association=association.latest(agreement),
        asked_by=projects.holder(home, "administrator"), asked_on=clock.today(),
    ).case  # fmt: skip
    return grants.grant(case, by=staff["officer"]).case


def is_open(case) -> bool:
    return any(one.at(clock.read()) for one in access.register(clock.read(), case=case.pk))


def shown(client, staff, proposal) -> str:
    client.force_login(staff["officer"])
    return client.get(f"/pending/{proposal.pk}/").content.decode()


def corrections(case, today):
    """(case, fact, the value that closes, one that closes nothing), each of another process."""
    agreement = AssociationCase.objects.get(person=case.person_id)
    passed = CertificationCase.objects.get()
    period = ProposalCase.objects.get(project=case.project_id)
    return [
        (agreement, "ended_on", today + 2 * DAY, today + 30 * DAY),
        (passed, "taken_on", today - 500 * DAY, today - DAY),
        (period, "last_on", today + 2 * DAY, today + 90 * DAY),
    ]


def test_the_second_person_reads_what_closes_and_it_is_kept(opened, staff, client):
    today = clock.today()
    with at(today + DAY):
        people.ended(AssociationCase.objects.get(), staff, last_on=today + 20 * DAY)
    with at(today + 4 * DAY):
        assert is_open(opened)
        before = list(ProjectPeriod.objects.values())
        for case, what, closing, harmless in corrections(opened, today):
            rows = correcting.beside(fresh(case), what, harmless)
            assert ACROSS not in {row["label"] for row in rows}
            page = shown(client, staff, proposed(fresh(case), staff, what, closing))
            told = page.partition(ACROSS)[2].partition("</div>")[0]
            assert opened.person.name in told, what
            assert str(opened.project.number) in told, what
            assert is_open(opened), "the page wrote something"
        assert list(ProjectPeriod.objects.values()) == before
        last = pending.PendingDecision.objects.filter(outcome="").latest("pk")
        pending.confirm(last, by=staff["officer"])
        assert not is_open(opened)
        event = ProcessEvent.objects.get(case=last.case, verb="correct")
        assert event.facts["dependants"] == [f"access:{opened.pk}"]
