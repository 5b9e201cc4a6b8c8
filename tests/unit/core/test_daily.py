"""The daily loop: what is refused stays, the next one is done, and no name stands in the log."""

import logging

import pytest

from fsesys.core.daily import one_by_one
from fsesys.core.people import Person
from fsesys.core.refusal import Refused

pytestmark = pytest.mark.django_db


def test_a_refusal_stops_nothing_and_names_nobody(caplog):
    first, second = (Person.objects.create(name=name) for name in ("Anna Juul", "Bo Krag"))
    done = []

    def act(person):
        if person == first:
            raise Refused(["It is too early."])
        done.append(person)

    with caplog.at_level(logging.INFO, "fsesys.core.daily"):
        assert one_by_one([first, second], act) == 1
    assert done == [second]
    assert f"Person {first.pk} is left as it is: It is too early." in caplog.text
    assert "Anna" not in caplog.text
