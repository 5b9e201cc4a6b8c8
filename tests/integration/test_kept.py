"""Rows that are put back for a test are those that the actions wrote."""

import pytest
from django.db import transaction

from fsesys.core.people import Person
from tests import kept
from tests.office import new

pytestmark = pytest.mark.django_db


@pytest.fixture
def once(staff, quick_copies):
    """once(): an institution in the second last state, walked at the first call."""
    made = []

    def walk():
        walked = new(staff, 0, "signed_by_both")
        walked.go()
        made.append(walked)
        return walked

    return lambda: (kept.once(("test", id(made)), walk, lambda walked: walked), len(made))


def rolled_back(act):
    with transaction.atomic():
        found = act(), kept._rows()
        transaction.set_rollback(True)
    return found


def test_put_back_they_are_what_was_written(once):
    before = kept._rows()
    (walked, times), written = rolled_back(once)
    assert kept._rows() == before and times == 1 and len(written["core_processevent"]) > 5
    (again, times), there = rolled_back(once)
    assert (again.number, times) == (walked.number, 1)
    assert there == written


def test_beside_other_rows_it_is_walked_anew(once):
    rolled_back(once)
    Person.objects.create(name="Somebody who stood there before")
    (walked, times), _rows = rolled_back(once)
    assert times == 2 and walked.number
