"""`manage.py parameter`: numbers of the office change from a day on, in the names of two people."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from fsesys.core import clock
from fsesys.core.parameters import DEFAULTS, ParameterValue, parameters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff_in_english")]


def put(name="proposal_two_officers", value="1", **options):
    given = {"from_on": clock.today().isoformat(), "author": "officer", "approver": "head",
             "why": "Decided at the Monday meeting."} | options  # fmt: skip
    call_command("parameter", name, value, **given)


def test_all_are_listed_with_what_they_mean(capsys):
    call_command("parameter")
    told = capsys.readouterr().out
    assert all(f"{name} = " in told for name in DEFAULTS)
    assert str(DEFAULTS["certification_months"][1]) in told


def test_a_value_holds_from_its_day_in_two_names(capsys, staff):
    tomorrow = clock.today() + dt.timedelta(days=1)
    put(from_on=tomorrow.isoformat())
    put("register_complete_from", "20260301", approver="chief")
    assert f"proposal_two_officers = 1 from {tomorrow}" in capsys.readouterr().out
    assert parameters()["proposal_two_officers"] == 0
    assert parameters(tomorrow)["proposal_two_officers"] == 1
    assert parameters()["register_complete_from"] == 20260301
    row = ParameterValue.objects.get(name="proposal_two_officers")
    assert (row.author, row.approver) == (staff["officer"].person, staff["head"].person)


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"name": "proposal_officers"}, "no parameter of this name"),
        ({"value": "2"}, "0 (off) or 1 (on)"),
        ({"name": "certification_months", "value": "0"}, "from 1 on"),
        ({"name": "certification_months", "value": "10000000"}, "from 1 on"),
        ({"name": "register_complete_from", "value": "20260231"}, "YYYYMMDD"),
        ({"from_on": "2020-01-01"}, "before today"),
        ({"from_on": "01-01-2030"}, "YYYY-MM-DD"),
        ({"from_on": ""}, "first day"),
        ({"author": "head"}, "Two people are needed"),
        ({"approver": "secretary"}, "head of FSE or the chief statistician"),
        ({"approver": "nobody"}, "no account"),
        ({"why": " "}, "reason is missing"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_leaves_nothing(wrong, words):
    with pytest.raises(CommandError, match=words.replace("(", r"\(").replace(")", r"\)")):
        put(**wrong)
    assert not ParameterValue.objects.exists()


def test_a_day_has_one_value(capsys):
    put()
    with pytest.raises(CommandError, match="from that day already"):
        put(value="0")
    assert ParameterValue.objects.get().value == 1
