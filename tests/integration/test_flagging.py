"""The flags of a register kept in the admin: from a day, with what closes confirmed first."""

import datetime as dt

import pytest

from fsesys.core import clock
from fsesys.core.refusal import NotYours, Refused
from projects import flagging, register
from projects.records import Register, RegisterFlag
from tests.accesses import SINCE, opened
from tests.dated import START

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(staff):
    """Two people reach a project that uses the register; their institution has no right."""
    with opened(staff) as office:
        office.at = SINCE
        office.add("basis", SINCE, project=0, register=0)
        office.at = START
        for person in (0, 1):
            office.add("grant", START, project=0, **office.home(person))
        office.register = Register.objects.get(pk=office.registers[0])
        yield office


def put(office, by="head", restricted=True, min_cell=5, from_on=None, **typed):
    return flagging.put_flag(
        office.register, by=office.staff[by], restricted_enterprise=restricted, min_cell=min_cell,
        from_on=from_on or clock.today(), **typed,
    )  # fmt: skip


def reaching():
    return sorted(row.cells["ident"] for row in register.rows(register.Question(), closed=False))


def test_what_closes_is_confirmed_and_the_past_stays(office):
    with pytest.raises(NotYours):
        put(office, by="officer")
    with pytest.raises(Refused, match="Look at the list again"):
        put(office)
    assert not RegisterFlag.objects.filter(register=office.register).exists()
    assert reaching() == ["ABC", "ABD"]
    rows = flagging.losing(office.register, by=office.staff["head"], restricted_enterprise=True,
                           min_cell=5, from_on=clock.today())  # fmt: skip
    assert ["Person 0 (ABC)" in rows[0].label, len(rows)] == [True, 2]
    keys = [row.key for row in rows]
    put(office, listed=sorted(keys), confirmed=True)
    assert reaching() == [] and flagging.now(office.register).min_cell == 5
    with pytest.raises(Refused, match="said of the register on that day already"):
        put(office)
    tomorrow = clock.today() + dt.timedelta(days=1)
    put(office, restricted=False, min_cell=None, from_on=tomorrow)
    assert flagging.now(office.register).restricted_enterprise
    with clock.moved(clock.midnight(tomorrow)):
        assert reaching() == ["ABC", "ABD"], "enterprise data heal"
    with pytest.raises(Refused, match="a number from 1 to"):
        put(office, min_cell=0)


def test_a_flag_ahead_sees_who_uses_the_register_by_then(office):
    then = clock.today() + dt.timedelta(days=40)
    for fact in [f for f in office.office.facts if f.kind == "basis"]:
        office.retract(fact)
    office.add("basis", clock.midnight(then - dt.timedelta(days=5)), project=0, register=0)
    rows = flagging.losing(office.register, by=office.staff["head"], restricted_enterprise=True,
                           min_cell=5, from_on=then)  # fmt: skip
    assert len(rows) == 2


def test_on_the_page(office, client):
    home = f"/admin/projects/register/{office.register.pk}/"
    client.force_login(office.staff["officer"])
    assert "flag/" not in client.get(f"{home}change/").content.decode()
    assert client.get(f"{home}flag/").status_code == 403
    client.force_login(office.staff["data-manager"])
    assert f"{home}flag/" in client.get(f"{home}change/").content.decode()
    assert client.get(f"{home}flag/").status_code == 200
    typed = {"from_on": f"{clock.today():%d-%m-%Y}", "restricted_enterprise": "on", "min_cell": "3"}
    assert client.post(f"{home}flag/", typed | {"from_on": "31-02-2026"}).status_code == 422
    answer = client.post(f"{home}flag/", typed)
    assert answer.status_code == 409 and "Person 1 (ABD)" in answer.content.decode()
    listed = answer.context["form"]["listed"].value()
    answer = client.post(f"{home}flag/", typed | {"listed": listed, "confirmed": "on"})
    assert answer.status_code == 303 and reaching() == []
    assert client.get("/admin/projects/register/999999/flag/").status_code == 404


def test_the_catalogue_speaks_danish(office, client):
    office.staff["data-manager"].language = "da"
    office.staff["data-manager"].save()
    client.force_login(office.staff["data-manager"])
    known = Register.objects.get(name="BEF")
    page = client.get(f"/admin/projects/register/{known.pk}/change/").content.decode()
    for word in ("Emneområde", "personer", "status på en dag", "Hvad der gælder for registret"):
        assert word in page, word
    assert "None" not in page and "from at" not in page.lower()
    assert "sundhed" in client.get("/registers/").content.decode()
