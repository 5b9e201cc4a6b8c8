"""What the ORM wrote once gives the same answer as what it writes anew, whatever the values."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Upper
from django.test.utils import CaptureQueriesContext

from fsesys.core import clock, written
from fsesys.core.finding import among
from fsesys.core.people import Person, User
from fsesys.core.roles import RoleMembership, StandIn, seats

pytestmark = pytest.mark.django_db
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def role(at, first) -> dict:
    rows = RoleMembership.objects.at(at).filter(person=OuterRef("pk"), from_at__date__gte=first)
    return {"acts_as": Subquery(rows.order_by("pk").values("role")[:1])}


def outside(at) -> dict:
    return {"who": F("account__username")}


def answers(rows):
    return list(rows.order_by("pk").values_list("pk", "acts_as"))


def test_the_same_as_the_orm_for_every_value(staff):
    now, day = clock.now(), clock.today()
    for at, first in ((now, dt.date(1990, 1, 1)), (LONG_AGO, dt.date(1990, 1, 1)),
                      (now, day + dt.timedelta(days=1)), (now, dt.date(1990, 1, 1))):  # fmt: skip
        found = answers(written.annotate(Person.objects, role, at=at, first=first))
        assert found == answers(Person.objects.annotate(**role(at, first)))
        assert any(word for _pk, word in found) == (at == now and first < day)


def test_filters_and_orders_read_it(staff):
    rows = written.annotate(Person.objects, role, at=clock.now(), first=dt.date(1990, 1, 1))
    named = rows.filter(acts_as="chief").values_list("name", flat=True)
    assert list(named) == [staff["chief"].person.name]
    hidden = written.alias(Person.objects, role, at=clock.now(), first=dt.date(1990, 1, 1))
    assert hidden.filter(Q(acts_as="chief")).get() == staff["chief"].person


def accounts(person):
    rows = User.objects.filter(person=person).select_related("person__same_as")
    return rows.annotate(shout=Upper("username"))


def test_records_are_those_of_the_orm_with_what_they_join_and_annotate(staff):
    for role in ("chief", "head", "chief"):
        (expected,) = accounts(staff[role].person_id)
        found = written.one(accounts, person=staff[role].person_id)
        assert (found, found.shout) == (expected, expected.shout)
        assert found.__dict__.keys() == expected.__dict__.keys()
        with CaptureQueriesContext(connection) as asked:
            assert found.person == expected.person and found.person.same_as is None
        assert not asked.captured_queries
    assert written.records(accounts, person=0) == [] == written.records(accounts, person=2**63)


def test_lists_of_ids_of_any_length(staff):
    def named(some):
        return Person.objects.filter(among(some))

    ids = [staff[role].person_id for role in ("chief", "head", "officer")]
    for some in (ids, ids[:1], ids[1:]):
        assert {one.pk for one in written.records(named, some=some)} == set(some)


def test_texts(staff):
    def called(name):
        return User.objects.filter(username=name).values_list("pk")

    for role in ("chief", "head"):
        assert written.told(called, name=staff[role].username) == [(staff[role].pk,)]
    assert written.told(called, name="nobody") == []


def test_a_question_about_another_table_is_refused(staff):
    with pytest.raises(ValueError, match="no table outside"):
        written.annotate(Person.objects, outside, at=clock.now())


def test_seats_are_each_persons_own_and_of_that_instant(staff):
    chief, head = staff["chief"].person, staff["head"].person
    assert seats(chief) == {chief.pk: {"chief"}} and head.pk in seats(head)
    assert seats(chief, LONG_AGO) == {chief.pk: frozenset()}
    assert not StandIn.objects.exists()
