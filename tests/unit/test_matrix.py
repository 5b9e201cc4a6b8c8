"""The hand-written table of each process against the machine, the database and the printed table."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from fsesys.core import processes
from fsesys.core.cases import Edge
from tests.matrix import NAMES, read

REOPENS = {
    "authorisation": {"reopen"},
    "proposal": {"reopen"},
    "grant": {"end"},
    "certification": {"withdraw"},
    "same_person": {"unlink_records"},
    "succession": {"withdraw"},
}  # the verbs that lead out of closed states
each = pytest.mark.parametrize("name", NAMES)


def both(name):
    return read(name), processes.get(name).machine


def test_every_process_has_its_table():
    assert {process.slug for process in processes.everything()} == set(NAMES)


@each
def test_the_states_are_the_same_and_open_or_closed_alike(name):
    table, machine = both(name)
    assert {s.slug for s in machine.states if not s.closed} == table.open
    assert {s.slug for s in machine.states if s.closed} == table.closed


@each
def test_every_verb_is_found_in_exactly_the_states_of_the_table(name):
    table, machine = both(name)
    found = {(state, move.verb) for move in machine.moves for state in machine.sources(move)}
    assert found - set(table.cells) == set(), "the machine allows what the table does not"
    assert set(table.cells) - found == set(), "the table allows what the machine does not"


@each
def test_every_verb_leads_where_the_table_says(name):
    table, machine = both(name)
    assert set(machine.edges()) == table.edges


@each
def test_who_may_do_it_and_who_may_not_do_both(name):
    table, machine = both(name)
    for move in machine.moves:
        assert set(move.roles) == table.roles(move.verb), move.verb
        for state in machine.sources(move):
            assert set(move.roles_in.get(state, move.roles)) == table.roles(move.verb, state)
        assert move.personal == (move.verb in table.own), move.verb
        assert set(move.differs_from) == table.apart.get(move.verb, set()), move.verb
        assert move.needs_reason == (move.verb in table.reasoned), move.verb


@each
def test_states_do_not_die_unnoticed(name):
    """From every open state a case can close, and every closed state can be reached."""
    table, _machine = both(name)
    reached, last = {""}, None
    while reached != last:
        last = set(reached)
        reached |= {to for start, to, _verb in table.edges if start in last}
    assert reached - {""} == table.states - ({"withdrawn"} - reached)  # withdrawn: also by undo
    for state in table.open:
        assert [edge for edge in table.edges if edge[0] == state and edge[1] != state], state
    opened_again = {edge for edge in table.edges if edge[0] in table.closed and edge[0] != edge[1]}
    assert {verb for _from, _to, verb in opened_again} == REOPENS.get(name, set())
    assert "authorised" not in {start for start, _to, _verb in opened_again}


@each
@pytest.mark.django_db
def test_the_edge_table_of_the_database_is_the_table(name):
    table, _machine = both(name)
    rows = Edge.objects.filter(process=name)
    assert set(rows.values_list("from_state", "to_state", "verb")) == table.edges
    assert rows.count() == len(table.edges)


@each
def test_the_printed_table_is_the_table(name):
    table, _machine = both(name)
    out = io.StringIO()
    call_command("processes", "--format", "json", stdout=out)
    printed = next(p for p in json.loads(out.getvalue())["processes"] if p["process"] == name)
    assert {s["state"] for s in printed["states"] if not s["closed"]} == table.open
    assert {s["state"] for s in printed["states"] if s["closed"]} == table.closed
    assert {(e["from"], e["to"], e["verb"]) for e in printed["edges"]} == table.edges
    for edge in printed["edges"]:
        assert set(edge["roles"]) == table.roles(edge["verb"], edge["from"])
    assert {v["verb"]: set(v["roles"]) for v in printed["verbs"]} == {
        verb: set(table.roles(verb)) for verb in table.verbs
    }
    assert all(entry["label"].strip() for entry in printed["states"] + printed["verbs"])
