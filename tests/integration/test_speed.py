"""Gates: how many statements a page and a decision cost, the same at 3 and at 300."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fsesys.core import everyday
from fsesys.core.cases import Case
from fsesys.desk.demo import applications
from institutions.authorisation import actions, selectors, signing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def statements(client, path):
    client.get(path)
    with CaptureQueriesContext(connection, ) as captured:  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 200
    return len(captured), captured


def more_applications(staff, count):
    """Register applications of many institutions, all real rows, through the action."""
    today = applications.clock.today()
    for n in range(count):
        row = {"name_da": f"Miljø {n}", "name_en": "", "parent_da": "", "cvr": "31119103",
               "type": "public_university", "mail_domains": "au.dk"}  # fmt: skip
        stated = applications.application(n, row, today)
        signing.register_application(by=staff["secretary"], **stated)


LISTS = ("/", "/authorisations/", "/institutions/", "/search/?q=milj")


def test_lists_cost_the_same_at_3_and_300_rows(client, staff):
    client.force_login(staff["responsible"])
    more_applications(staff, 3)
    few = {path: statements(client, path)[0] for path in LISTS}
    more_applications(staff, 297)
    assert Case.objects.count() >= 300
    for path in LISTS:
        many, captured = statements(client, path)
        assert many <= 10, "\n".join(q["sql"][:160] for q in captured)
        assert many <= few[path]


STATES = ("received", "awaiting_applicant", "submitted", "sent", "signed_by_both", "authorised")


def test_case_page_in_every_state_costs_at_most_20(client, staff, case_in):
    for state, username in zip(STATES, ("responsible", "secretary", "chief", "secretary",
                                        "secretary", "auditor"), strict=True):  # fmt: skip
        case = case_in(state)
        client.force_login(staff[username])
        many, captured = statements(client, f"/authorisations/{case.number}/")
        assert many <= 20, state + "\n".join(q["sql"][:160] for q in captured)


def test_case_page_costs_the_same_at_3_and_300_events(client, staff, case_in):
    case = case_in("under_evaluation")
    client.force_login(staff["responsible"])
    path = f"/authorisations/{case.number}/"
    few, _ = statements(client, path)
    for n in range(300):
        everyday.note(case, by=staff["secretary"], reason=f"Notat {n}")
    many, captured = statements(client, path)
    assert many <= 20, "\n".join(q["sql"][:160] for q in captured)
    assert many == few


def test_a_decision_costs_at_most_30_statements(client, staff, case_in):
    case = case_in("submitted")
    for n in range(3):
        everyday.note(case, by=staff["secretary"], reason=f"Notat {n}")
    case = selectors.load(case.number)
    with CaptureQueriesContext(connection) as captured:
        actions.approve(case, by=staff["chief"], seen=case.revision, key=uuid.uuid4())
    assert len(captured) <= 30, "\n".join(q["sql"][:120] for q in captured)


def test_rejection_with_its_letter_costs_at_most_30_statements(staff, case_in):
    case = case_in("submitted")
    with CaptureQueriesContext(connection) as captured:
        actions.reject(case, by=staff["chief"], reason="Ikke varigt.", key=uuid.uuid4())
    assert len(captured) <= 30, "\n".join(q["sql"][:120] for q in captured)
