"""Several people of a project on one page: each is answered on its own."""

import pytest

from fsesys.core import clock
from projects.grant import actions
from projects.grant.models import GrantCase
from projects.records import Grant
from tests.integration.test_access_register import text_of
from tests.integration.test_grant import granted, is_open, office, requested  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(office):  # noqa: F811
    return f"/projects/{office.projects[0]}/people/"


def test_several_are_asked_for_and_one_that_can_not_be_is_told(office, client, page):  # noqa: F811
    client.force_login(office.staff["secretary"])
    form = client.get(page).context["form"]
    typed = {"act": "ask", "idents": "abc, ABD  qqq", "asked_by": office.speaker.pk, "seen": 0,
             "asked_on": "05-01-2026", "key": form.initial["key"]}  # fmt: skip
    answer = client.post(page, typed)
    assert answer.status_code == 409
    words = text_of(answer)
    assert "Nobody with the ident QQQ has an association that runs." in words
    assert "ABC: Request registered." in words
    assert set(GrantCase.objects.values_list("person__researcher__ident", flat=True)) == {
        "ABC", "ABD"
    }  # fmt: skip
    again = client.post(page, typed | {"idents": "ABC"})
    assert again.status_code == 409 and "is still open for Person 0" in text_of(again)
    assert client.post(page, typed | {"idents": "", "asked_by": ""}).status_code == 422
    nobody = client.post(page, typed | {"idents": ", ;"})
    assert nobody.status_code == 422 and "ident of at least one person" in text_of(nobody)


def test_each_request_gets_its_own_answer(office, client, page):  # noqa: F811
    first, second, third = (requested(office, person) for person in range(3))
    lapsed = next(f for f in office.office.facts if f.kind == "pass" and f.of["person"] == 1)
    office.retract(lapsed)
    client.force_login(office.staff["officer"])
    typed = {"act": "decide"}
    for case, what in ((first, "grant"), (second, "grant"), (third, "refuse")):
        typed |= {f"what-{case.pk}": what, f"seen-{case.pk}": 1,
                  f"reason-{case.pk}": "Not on this project." if case == third else ""}  # fmt: skip
    answer = client.post(page, typed)
    assert answer.status_code == 409
    assert "The test is not passed, or not valid any more" in text_of(answer)
    assert is_open(office) and Grant.objects.count() == 1
    states = dict(GrantCase.objects.values_list("pk", "state"))
    assert states == {first.pk: "granted", second.pk: "requested", third.pk: "refused"}
    client.force_login(office.staff["secretary"])
    assert client.post(page, typed).status_code == 403


def test_spent_grants_are_ticked_and_renewed(office, client, page):  # noqa: F811
    cases = [granted(office, person) for person in range(2)]
    period = next(f for f in office.office.facts if f.kind == "period" and f.of["project"] == 0)
    with clock.moved(office.at + clock.dt.timedelta(days=1)):
        office.at = clock.read()
        office.end(period, office.at)
    with clock.moved(office.at + clock.dt.timedelta(days=1)):
        office.at = clock.read()
        office.add("period", office.at, project=0)
        client.force_login(office.staff["officer"])
        assert "Spent: renew?" in text_of(client.get(page))
        answer = client.post(page, {"act": "renew", "renew": [case.pk for case in cases]})
        assert answer.status_code == 303
        assert is_open(office) and is_open(office, 1)
        assert "Spent: renew?" not in text_of(client.get(page))
        twice = client.post(page, {"act": "renew", "renew": [cases[0].pk]}, follow=True)
        assert "This was done already, by" in text_of(twice)
        assert Grant.objects.known().count() == 4
        ended = GrantCase.objects.filter(state="granted").order_by("pk").last()
        actions.end(ended, by=office.staff["officer"], reason="Enough")  # on purpose: not spent
        with clock.moved(office.at + clock.dt.timedelta(hours=1)):
            assert "Spent: renew?" not in text_of(client.get(page))


@pytest.mark.parametrize("typed", [{}, {"act": "destroy"}, {"act": "decide"}, {"act": "renew",
                                   "renew": ["x", "-1", "9" * 30]}])  # fmt: skip
def test_nothing_happens_without_a_choice(office, client, page, typed):  # noqa: F811
    requested(office)
    client.force_login(office.staff["officer"])
    answer = client.post(page, typed)
    assert answer.status_code == (409 if typed.get("act") in ("decide", "renew") else 404)
    assert typed.get("act") is None or answer.status_code == 404 or (
        "Nobody of this project was chosen." in text_of(answer))  # fmt: skip
    assert not Grant.objects.exists()


def test_who_comes_second_is_told_who_decided(office, client, page):  # noqa: F811
    case = granted(office)
    client.force_login(office.staff["officer"])
    late = {"act": "decide", f"what-{case.pk}": "refuse", f"seen-{case.pk}": 1,
            f"reason-{case.pk}": "Not on this project."}  # fmt: skip
    answer = client.post(page, late)
    assert answer.status_code == 409 and is_open(office)
    assert office.staff["officer"].person.name in text_of(answer)
    other = page.replace(f"/{office.projects[0]}/", f"/{office.projects[1]}/")
    assert "Nobody of this project was chosen." in text_of(client.post(other, late))


def test_a_stale_row_is_told_and_the_same_form_twice_does_its_act_once(office, client, page):  # noqa: F811
    case = requested(office)
    client.force_login(office.staff["officer"])
    key = "00000000-0000-4000-8000-00000000bbbb"
    typed = {"act": "decide", f"what-{case.pk}": "grant", f"key-{case.pk}": key}
    assert client.post(page, typed | {f"seen-{case.pk}": 0}).status_code == 409
    assert not Grant.objects.exists()
    assert client.post(page, typed | {f"seen-{case.pk}": 1}).status_code == 303
    assert client.post(page, typed | {f"seen-{case.pk}": 1}).status_code == 303
    assert Grant.objects.count() == 1
