"""The hand-written table of process 1 against the machine, the database and the printed table."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from fsesys.core.cases import Edge
from institutions.authorisation.machine import MACHINE
from tests.matrix import read

TABLE = read("authorisation")


def test_the_states_are_the_same_and_open_or_closed_alike():
    assert {s.slug for s in MACHINE.states if not s.closed} == TABLE.open
    assert {s.slug for s in MACHINE.states if s.closed} == TABLE.closed


def test_every_verb_is_found_in_exactly_the_states_of_the_table():
    found = {(state, move.verb) for move in MACHINE.moves for state in MACHINE.sources(move)}
    assert found - set(TABLE.cells) == set(), "the machine allows what the table does not"
    assert set(TABLE.cells) - found == set(), "the table allows what the machine does not"


def test_every_verb_leads_where_the_table_says():
    assert set(MACHINE.edges()) == TABLE.edges


@pytest.mark.parametrize("move", MACHINE.moves, ids=lambda move: move.verb)
def test_who_may_do_it_and_who_may_not_do_both(move):
    assert set(move.roles) == TABLE.roles(move.verb)
    for state in MACHINE.sources(move):
        assert set(move.roles_in.get(state, move.roles)) == TABLE.roles(move.verb, state)
    assert move.personal == (move.verb in TABLE.own)
    assert set(move.differs_from) == TABLE.apart.get(move.verb, set())
    assert move.needs_reason == (move.verb in TABLE.reasoned)


def test_states_do_not_die_unnoticed():
    """From every open state a case can close, and every closed state can be reached."""
    reached, last = {""}, None
    while reached != last:
        last = set(reached)
        reached |= {to for start, to, _verb in TABLE.edges if start in last}
    assert reached - {""} == TABLE.states
    opened_again = {edge for edge in TABLE.edges if edge[0] in TABLE.closed}
    assert {verb for _from, _to, verb in opened_again} == {"reopen"}
    assert "authorised" not in {start for start, _to, _verb in opened_again}


@pytest.mark.django_db
def test_the_edge_table_of_the_database_is_the_table():
    rows = Edge.objects.filter(process="authorisation")
    assert set(rows.values_list("from_state", "to_state", "verb")) == TABLE.edges
    assert rows.count() == len(TABLE.edges)


def test_the_printed_table_is_the_table():
    out = io.StringIO()
    call_command("processes", "--format", "json", stdout=out)
    printed = next(
        p for p in json.loads(out.getvalue())["processes"] if p["process"] == "authorisation"
    )
    assert {s["state"] for s in printed["states"] if not s["closed"]} == TABLE.open
    assert {s["state"] for s in printed["states"] if s["closed"]} == TABLE.closed
    assert {(e["from"], e["to"], e["verb"]) for e in printed["edges"]} == TABLE.edges
    for edge in printed["edges"]:
        assert set(edge["roles"]) == TABLE.roles(edge["verb"], edge["from"])
    assert {v["verb"]: set(v["roles"]) for v in printed["verbs"]} == {
        verb: set(TABLE.roles(verb)) for verb in TABLE.verbs
    }
    assert all(entry["label"].strip() for entry in printed["states"] + printed["verbs"])
