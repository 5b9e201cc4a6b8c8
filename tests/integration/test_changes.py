"""Facts change from a day: past days and sent letters keep the old, the agreement is supplemented."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client

from fsesys.core import clock, undoing
from fsesys.core.cases import ProcessEvent
from fsesys.core.refusal import NotYours, Refused
from fsesys.desk.demo import applications
from institutions import jobs, living
from institutions.changes import actions
from institutions.changes.models import ChangeCase
from institutions.changes.selectors import held_at
from institutions.records import Institution, InstitutionFacts
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
REASON = {"reason": "They wrote to us."}


@pytest.fixture
def place(walk_to):
    walked = walk_to("authorised")
    walked.begun = walked.day
    walked.day += dt.timedelta(days=30)
    walked.institution = walked.case().institution
    return walked


def change(place, who="secretary", **typed):
    with at(place.day):
        typed = {"from_on": place.day} | REASON | typed
        event = actions.change_facts(place.institution, by=place.staff[who], **typed)
    place.institution.refresh_from_db()
    return event


def name(place, day):
    return held_at(place.institution, clock.midnight(day) + dt.timedelta(hours=12)).name_da


def test_past_days_and_old_letters_keep_the_old_name(place):
    old = place.institution.name_da
    receipt = place.case().documents.get(template="receipt")
    middle = place.day - dt.timedelta(days=10)
    event = change(place, name_da="Institut for Nyt", from_on=middle, supplement="no",
                   supplement_reason="The agreement names the CVR number.")  # fmt: skip
    assert event.case.state == "recorded" and event.case.closed_at
    assert name(place, middle - dt.timedelta(days=1)) == old
    assert name(place, middle) == name(place, place.day) == "Institut for Nyt"
    assert place.institution.name_da == "Institut for Nyt"
    receipt.refresh_from_db()
    assert old in str(receipt.context) and "Nyt" not in str(receipt.context)
    assert "Department of Economics" in place.case().subject_label  # as it was then
    client = Client()
    client.force_login(place.staff["auditor"])
    with at(place.day):
        url = f"/institutions/{place.institution.pk}/"
        assert "Institut for Nyt" in client.get(url).content.decode()
        before = (middle - dt.timedelta(days=1)).isoformat()
        page = client.get(url, {"on": before}).content.decode()
        assert old in page
        wrong = client.get(url, {"on": "32-13-2026"})
        assert wrong.status_code == 422 and "Write the date as" in wrong.content.decode()
        assert 'value="32-13-2026"' in wrong.content.decode()


def test_a_change_in_the_future_is_taken_over_on_its_day(place):
    old, later = place.institution.address, place.day + dt.timedelta(days=5)
    change(place, address="Ny Vej 1\n8000 Aarhus C", from_on=later)
    assert place.institution.address == old
    with at(later - dt.timedelta(days=1)):
        assert jobs.follow_facts() == 0
    with at(later + dt.timedelta(days=3)):  # days were missed
        assert jobs.follow_facts() == 1
        assert jobs.follow_facts() == 0
    place.institution.refresh_from_db()
    assert place.institution.address.startswith("Ny Vej 1")


def test_a_late_change_goes_through_later_ones(place):
    """An earlier day registered after a later one changes what lies between, and what follows."""
    change(place, web="https://new.example", from_on=place.day - dt.timedelta(days=2))
    change(place, ean="5790000000005" if False else "", address="A", from_on=place.day -
           dt.timedelta(days=12))  # fmt: skip
    rows = InstitutionFacts.objects.known().filter(institution=place.institution)
    spans = [(row.address == "A", row.web) for row in rows.order_by("from_at")]
    assert [first for first, _web in spans] == [False, True, True]
    assert spans[-1][1] == "https://new.example" and spans[1][1] != "https://new.example"


def test_what_the_agreement_says_needs_an_answer(place):
    for typed, words in (({}, "Answer whether"), ({"supplement": "no"}, "Give the reason why no"),
                         ({"supplement": "maybe"}, "Answer whether")):  # fmt: skip
        with pytest.raises(Refused, match=words):
            change(place, name_da="Nyt", **typed)
    assert not InstitutionFacts.objects.exists()


def test_a_supplement_goes_out_and_comes_back_signed(place):
    had = ["researcher", "law_model"]
    Institution.objects.filter(pk=place.institution.pk).update(schemes=had)
    event = change(place, schemes=["researcher"], supplement="yes")
    case = event.case
    assert place.institution.schemes == had  # not before the signature
    letter = case.documents.get(template="supplementary_agreement")
    assert case.state == "awaiting_supplement" and "changes" in letter.context
    with at(place.day):
        head = living.head_of(place.institution, clock.now())
    copy = {"upload": applications.pdf("signed", "signed.pdf"), "road": "scan",
            "signed_on": place.day + dt.timedelta(days=1)}  # fmt: skip
    with at(place.day + dt.timedelta(days=1)):
        case = ChangeCase.objects.get(pk=case.pk)
        with pytest.raises(Refused, match="signed by the responsible"):
            actions.register_supplement(case, by=place.staff["secretary"], signer=0, **copy)
        done = actions.register_supplement(
            case, by=place.staff["secretary"], signer=head.pk, **copy
        )
    place.institution.refresh_from_db()
    assert done.case.state == "recorded" and place.institution.schemes == ["researcher"]
    before = done.at - dt.timedelta(seconds=1)
    assert held_at(place.institution, before).schemes == had


def test_what_a_later_change_changed_by_itself_stays(place):
    change(place, web="https://later.example", from_on=place.day + dt.timedelta(days=9))
    change(place, web="https://now.example", address="A")
    rows = InstitutionFacts.objects.known().filter(institution=place.institution)
    said = [(row.web, row.address) for row in rows.order_by("from_at")]
    assert said[-2:] == [("https://now.example", "A"), ("https://later.example", "A")]


def test_a_value_that_came_back_later_is_not_overwritten(place):
    was = place.institution.address
    change(place, address="B", from_on=place.day - dt.timedelta(days=5))
    change(place, address=was, from_on=place.day + dt.timedelta(days=9))
    change(place, address="C", from_on=place.day - dt.timedelta(days=9))
    rows = InstitutionFacts.objects.known().filter(institution=place.institution)
    said = [row.address for row in rows.order_by("from_at")]
    assert said == [was, "C", "B", was]


def test_a_scheme_is_dropped_on_the_day_on_which_it_came_into_force(place):
    """What stands side by side on the page is what is recorded: the facts of this moment."""
    with at(place.day):
        event = place.case().story[-1]
        actions.put(place.institution, event, clock.now(), {"schemes": ["researcher", "thesis"]})
        actions.take_over(place.institution, clock.now())
    with clock.moved(applications.noon(place.day) + dt.timedelta(minutes=30)):
        done = actions.change_facts(
            place.institution, by=place.staff["secretary"], from_on=place.day, supplement="no",
            schemes=["researcher"], supplement_reason="Agreed by phone.", **REASON,
        )  # fmt: skip
        assert done.case.changes["schemes"] == [["researcher", "thesis"], ["researcher"]]
    assert held_at(place.institution, done.at).schemes == ["researcher"]
    before = done.at - dt.timedelta(minutes=1)
    assert held_at(place.institution, before).schemes == ["researcher", "thesis"]


def test_impossible_changes_are_refused_in_words(place, walk_to):
    for typed, words in (({"address": place.institution.address}, "Nothing differs"),
                         ({"address": "A", "from_on": dt.date(2001, 1, 1)}, "can not change before"),
                         ({"ean": "123"}, "not a valid EAN"), ({"schemes": [], "supplement": "no",
                          "supplement_reason": "x"}, "at least one scheme"),
                         ({"mail_domains": "not a domain!"}, "is not a mail domain"),
                         ({"address": "A", "reason": " "}, "Give a reason")):  # fmt: skip
        with pytest.raises(Refused, match=words):
            change(place, **typed)
    with pytest.raises(NotYours):
        change(place, who="officer", address="A")
    other = walk_to("received")
    other.institution, other.day = other.case().institution, place.day
    with pytest.raises(Refused, match="not authorised today"):
        change(other, address="A")


def test_undone_the_old_facts_hold_again(place, waiting):
    old = place.institution.address
    event = change(place, address="Ny Vej 1", supplement="")
    assert place.institution.address == "Ny Vej 1"
    with clock.moved(event.at + dt.timedelta(minutes=1)):
        undoing.undo(ChangeCase.objects.get(pk=event.case_id), by=place.staff["secretary"])
    place.institution.refresh_from_db()
    assert place.institution.address == old
    assert ChangeCase.objects.get(pk=event.case_id).state == "withdrawn"


def test_through_the_page(place):
    client = Client()
    client.force_login(place.staff["secretary"])
    base = f"/institutions/{place.institution.pk}/change_of_facts/change_facts/"
    held = place.institution
    typed = {"key": str(uuid.uuid4()), "seen": 0, "from_on": place.day.isoformat(),
             "name_da": held.name_da, "name_en": held.name_en, "parent": str(held.parent or ""),
             "address": "Ny Vej 1\r\n8000 Aarhus C", "invoice_address": held.invoice_address,
             "ean": held.ean, "web": held.web, "mail_domains": ", ".join(held.mail_domains),
             "language": held.language, "schemes": held.schemes, "shown": 0,
             "shown_on": place.day.isoformat(), **REASON}  # fmt: skip
    with at(place.day):
        assert client.get(base).status_code == 200
        answer = client.post(base, typed)
        assert answer.status_code == 200 and not ChangeCase.objects.exists()
        typed["compared"] = answer.context["form"].initial["compared"]
        assert client.post(base, typed).status_code == 303
        case = ChangeCase.objects.get()
        assert list(case.changes) == ["address"]
        page = client.get(f"/institution-cases/change_of_facts/{case.number}/").content.decode()
        assert "Ny Vej 1" in page and "before:" in page
        assert client.post(base, typed).status_code == 303 and ChangeCase.objects.count() == 1
        again = client.post(base, typed | {"key": str(uuid.uuid4())})
        assert again.status_code == 409 and "Nothing differs" in again.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_are_one_after_the_other(walk_to, together):
    for _n in range(3):
        walked = walk_to("authorised")
        walked.day += dt.timedelta(days=30)
        walked.institution = walked.case().institution
        results = together([
            lambda walked=walked, n=n: change(walked, address=f"Vej {n % 2}") for n in range(20)
        ])  # fmt: skip
        done = [r for r in results if isinstance(r, ProcessEvent)]
        assert len(done) >= 1 and all(isinstance(r, ProcessEvent | Refused) for r in results), (
            results
        )
        rows = InstitutionFacts.objects.known().filter(institution=walked.institution)
        walked.institution.refresh_from_db()
        last = rows.order_by("from_at").last()
        assert last.address == walked.institution.address
