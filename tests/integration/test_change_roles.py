"""Substitutes, administrators and signatories: given and ended, each in a case of one verb."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client

from fsesys.core import clock, dependants, undoing
from fsesys.core.refusal import NotYours, Refused
from fsesys.desk.demo import applications
from institutions.change_roles import actions
from institutions.change_roles.models import RoleCase
from institutions.records import RoleHolding
from institutions.termination.actions import terminate
from tests.integration.test_responsible import begin, place, sign  # noqa: F401
from tests.office import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]
WHO = {"name": "Inge Dam", "mail": "inge@ku.dk", "role": "administrator"}


def asked(place):  # noqa: F811
    return {"asked_as": "management", "asked_by": "The dean", "asked_on": place.day,
            "channel": "phone"}  # fmt: skip


def add(place, who="secretary", **typed):  # noqa: F811
    typed = WHO | {"from_on": place.day} | asked(place) | typed
    with at(place.day):
        return actions.add_role(place.institution, by=place.staff[who], **typed)


def end(place, holding, **typed):  # noqa: F811
    typed = {"last_on": place.day} | asked(place) | typed
    with at(place.day):
        return actions.end_role(
            place.institution, by=place.staff["secretary"], holding=holding, **typed
        )


def people(place, role, when):  # noqa: F811
    rows = RoleHolding.objects.at(when).filter(institution=place.institution, role=role)
    return {row.person.name for row in rows.select_related("person")}


def test_a_role_begins_today_earlier_or_later(place):  # noqa: F811
    event = add(place)
    assert event.case.state == "registered" and event.case.closed_at == event.at
    assert people(place, "administrator", event.at) >= {"Inge Dam"}
    earlier, later = place.day - dt.timedelta(days=3), place.day + dt.timedelta(days=30)
    add(place, name="Bo Ek", mail="bo@ku.dk", from_on=earlier)
    assert "Bo Ek" in people(place, "administrator", clock.midnight(earlier))
    add(place, name="Uno Fisk", mail="uno@ku.dk", from_on=later, role="signatory")
    assert "Uno Fisk" not in people(place, "signatory", event.at)
    assert "Uno Fisk" in people(place, "signatory", clock.midnight(later))


def test_what_is_refused(place):  # noqa: F811
    held = RoleHolding.objects.known().filter(institution=place.institution)
    head = held.get(role="responsible").person
    for typed, words in (
        ({"role": "substitute", "name": head.name, "mail": head.mail}, "their own substitute"),
        ({"from_on": dt.date(2001, 1, 1)}, "is authorised since"),
        ({"asked_on": place.day + dt.timedelta(days=1)}, "asked for after today"),
        ({"channel": "mail"}, "File the letter"),
        ({"asked_as": "substitute", "asked_by": "Nobody at all"}, "does not hold that role"),
        ({"mail": "inge"}, "Write the mail"),
    ):
        with pytest.raises(Refused, match=words):
            add(place, **typed)
    with pytest.raises(NotYours):
        add(place, who="responsible")
    add(place)
    with pytest.raises(Refused, match="has that role since"):
        add(place)
    assert RoleCase.objects.count() == 1


def test_a_role_ends_with_its_last_day(place):  # noqa: F811
    event = add(place)
    row = RoleHolding.objects.known().get(event=event)
    for typed, words in (({"last_on": place.day - dt.timedelta(days=1)}, "can not have ended"),):
        with pytest.raises(Refused, match=words):
            end(place, row.pk, **typed)
    last = place.day + dt.timedelta(days=5)
    end(place, row.pk, last_on=last)
    midnight = clock.midnight(last + dt.timedelta(days=1))
    assert "Inge Dam" in people(place, "administrator", midnight - dt.timedelta(seconds=1))
    assert "Inge Dam" not in people(place, "administrator", midnight)
    with pytest.raises(Refused, match="not held any more"):
        end(place, row.pk)
    row = RoleHolding.objects.known().get(person=row.person)
    with pytest.raises(Refused, match="ends on .* already"):
        end(place, row.pk, last_on=last)
    end(place, row.pk)  # sooner after all
    add(place, from_on=place.day + dt.timedelta(days=1))  # and again from the day after


def test_the_responsible_persons_role_is_not_ended_here(place):  # noqa: F811
    row = RoleHolding.objects.known().get(institution=place.institution, role="responsible")
    with pytest.raises(Refused, match="not held any more"):
        end(place, row.pk)


def test_the_former_responsible_person_can_be_a_substitute_from_then_on(place):  # noqa: F811
    head = RoleHolding.objects.known().get(institution=place.institution, role="responsible").person
    sign(place, begin(place))
    with pytest.raises(Refused, match="their own substitute"):
        add(place, role="substitute", name=head.name, mail=head.mail)  # that was responsible then
    place.day += dt.timedelta(days=1)
    event = add(place, role="substitute", name=head.name, mail=head.mail)
    assert head.name in people(place, "substitute", event.at)


def test_a_role_ends_with_the_authorisation_and_none_begins_after(place):  # noqa: F811
    last = place.day + dt.timedelta(days=20)
    with at(place.day):
        keys = [row.key for row in dependants.of(place.institution.subject_key, clock.now())]
        terminate(place.institution, by=place.staff["chief"], reason="They merge with another.",
                  ends_on=last, listed=keys, confirmed=True)  # fmt: skip
    after = last + dt.timedelta(days=1)
    with pytest.raises(Refused, match="no role begins after that"):
        add(place, from_on=after)
    with pytest.raises(Refused, match="no role begins after that"):
        begin(place, from_on=after)
    event = add(place)
    assert RoleHolding.objects.known().get(event=event).to_at == clock.midnight(after)
    event = sign(place, begin(place, from_on=last))
    new = RoleHolding.objects.known().get(event=event, person=event.case.person)
    assert (new.from_at, new.to_at) == (clock.midnight(last), clock.midnight(after))


def test_undone_it_never_was(place, waiting):  # noqa: F811
    event = add(place)
    with clock.moved(event.at + dt.timedelta(minutes=1)):
        undone = undoing.undo(RoleCase.objects.get(), by=place.staff["secretary"])
    assert RoleCase.objects.get().state == "withdrawn"
    assert "Inge Dam" not in people(place, "administrator", undone.at)


def test_through_the_pages(place):  # noqa: F811
    client = Client()
    client.force_login(place.staff["secretary"])
    home = f"/institutions/{place.institution.pk}/"
    typed = WHO | {"key": str(uuid.uuid4()), "seen": 0, "asked_as": "management",
                   "asked_by": "The dean", "asked_on": place.day.isoformat(), "channel": "phone",
                   "from_on": place.day.isoformat()}  # fmt: skip
    with at(place.day):
        assert "Add role" in client.get(home).content.decode()
        url = f"{home}change_roles/add_role/"
        assert client.get(url).status_code == 200
        assert client.post(url, typed | {"role": "responsible"}).status_code == 422
        assert client.post(url, typed | {"channel": "mail"}).status_code == 409
        for _twice in range(2):
            answer = client.post(url, typed)
            assert answer.status_code == 303 and answer["Location"] == home
        assert RoleCase.objects.count() == 1
        assert "Inge Dam" in client.get(home).content.decode()
        row = RoleHolding.objects.known().get(person__name="Inge Dam")
        url = f"{home}change_roles/end_role/"
        assert "Inge Dam: administrator" in client.get(url).content.decode()
        typed |= {"key": str(uuid.uuid4()), "holding": row.pk, "last_on": place.day.isoformat()}
        assert client.post(url, typed).status_code == 303
        page = client.get(f"/institution-cases/change_roles/{RoleCase.objects.last().number}/")
        assert "Inge Dam" in page.content.decode()
        client.force_login(place.staff["officer"])
        assert client.get(url).status_code == 403
    assert applications.noon(place.day) < RoleHolding.objects.known().get(pk__gt=row.pk).to_at
