"""Results in one second: the tries of a human being are counted one after the other."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import translation

from fsesys.core import clock, importing
from fsesys.core.cases import ImportBatch, ProcessEvent
from fsesys.core.people import Person
from fsesys.core.refusal import Refused
from researchers.certification import actions
from researchers.certification.importing import RESULTS
from researchers.certification.models import CertificationCase
from researchers.records import CertificationPass, Researcher
from tests.accesses import Office
from tests.dated import START

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6


@pytest.fixture
def office(staff):
    with clock.moved(START), translation.override("en"):
        office = Office()
        office.staff = staff
        yield office


def result(office, n, correct):
    researcher = Researcher.objects.select_related("person").get(person=office.people[n])
    return partial(actions.register_result, researcher, by=office.staff["secretary"],
                   taken_on=clock.today(), correct=correct)  # fmt: skip


def test_tries_of_one_day_count_across_the_records_of_one_human_being(office, together):
    Person.objects.filter(pk=office.people[1]).update(same_as=office.people[0])
    results = together([result(office, n % 2, 4) for n in range(THREADS)])
    won = [one for one in results if isinstance(one, ProcessEvent)]
    assert all(isinstance(one, Refused) for one in results if one not in won), results
    assert len(won) == CertificationCase.objects.count() == 3


def test_an_import_and_a_hand_register_one_pass(office, together):
    secretary = office.staff["secretary"]
    text = f"ident;taken_on;correct;rules_version\nABC;{clock.today():%d-%m-%Y};10;1\n"
    kept = importing.upload(RESULTS, ("r.csv", "text/csv", text.encode()), by=secretary)
    seen = importing.again(RESULTS, kept, secretary, clock.now()).seen
    bring = partial(importing.bring, RESULTS, kept.key, by=secretary, reason="Portal",
                    sha256=kept.file.sha256, seen=seen)  # fmt: skip
    results = together([bring, *[result(office, 0, 10) for _n in range(3)]])
    won = [one for one in results if isinstance(one, ImportBatch | ProcessEvent)]
    assert all(isinstance(one, Refused) for one in results if one not in won), results
    assert len(won) == CertificationPass.objects.filter(passed_on=clock.today()).count() == 1
