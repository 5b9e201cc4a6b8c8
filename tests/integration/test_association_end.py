"""The end of an association: what its page says until then, and what hangs on who leaves."""

from __future__ import annotations

import datetime as dt

import pytest

from fsesys.core import clock
from tests import people
from tests.integration.test_association import home  # noqa: F401

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
