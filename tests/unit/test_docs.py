"""What the documents promise is what the program has: names, commands, drawn machines."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fsesys.core import cells, processes, roles
from fsesys.desk.management.commands import diagrams
from institutions import lists
from institutions.importing import INSTITUTIONS
from projects import lists as projects
from projects.grant.importing import GRANTS
from projects.proposal.importing import PROJECTS
from researchers.association.importing import ASSOCIATIONS
from researchers.lists import ResearcherRegister
from tests.conftest import DECLARED

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRACTS = (ROOT / "docs" / "contracts.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`]+)`", CONTRACTS))
REGISTERS = (
    lists.AuthorisationRegister, lists.InstitutionRegister, projects.ProjectRegister,
    projects.CatalogueRegister, ResearcherRegister,
)  # fmt: skip


def unnamed(names) -> set:
    """The names that docs/contracts.md does not have."""
    return {str(name) for name in names} - NAMED


def test_every_verb_and_state_is_named():
    machines = [process.machine for process in processes.everything()]
    assert unnamed(move.verb for machine in machines for move in machine.moves) == set()
    assert unnamed(state.slug for machine in machines for state in machine.states) == set()


def test_every_role_and_parameter_is_named_with_its_value():
    assert unnamed(roles.LABELS) == set()
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", CONTRACTS, re.M))
    assert rows == {name: str(value) for name, (value, _words) in DECLARED.items()}


def test_every_command_is_named():
    files = ROOT.glob("*/management/commands/*.py"), ROOT.glob("*/*/management/commands/*.py")
    commands = {path.stem for found in files for path in found if path.stem != "__init__"}
    named = {words.split()[1] for words in NAMED if words.startswith("manage.py ")}
    assert commands and commands <= named


def test_every_environment_variable_is_named():
    source = "".join(path.read_text() for path in (ROOT / "fsesys" / "settings").glob("*.py"))
    read = re.findall(r"\b(?:text|switch|number|words)\(\s*\"([A-Z_]+)\"", source)
    assert "SECRET_KEY" in read
    assert unnamed(read) == set()


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_columns_of_the_exports_stand_in_their_order(register):
    row = next(line for line in CONTRACTS.splitlines() if f"| `{register.name}` |" in line)
    assert re.findall(r"`(\w+)` \(", row) == [column.key for column in register.columns]


@pytest.mark.parametrize(
    "importer", [INSTITUTIONS, ASSOCIATIONS, PROJECTS, GRANTS], ids=lambda importer: importer.slug
)
def test_columns_of_the_imports_stand_with_their_headings(importer):
    for column in importer.columns:
        english, danish = cells.in_both(column.label)
        needed = "yes" if column.required else "no"
        assert f"| `{column.name}` | {english} / {danish} | {needed} |" in CONTRACTS


def test_readme_names_every_package_and_both_commands():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for package in settings["tool"]["importlinter"]["root_packages"]:
        assert f"`{package}" in README, package
    assert "\n    make run\n" in README and "\n    make test\n" in README


def test_drawn_machines_are_up_to_date():
    call_command("diagrams", check=True)


def test_an_old_or_left_over_drawing_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(diagrams, "FOLDER", tmp_path / "processes")
    with pytest.raises(CommandError):
        call_command("diagrams", check=True)
    assert not (tmp_path / "processes").exists(), "--check changes nothing"
    call_command("diagrams")
    call_command("diagrams", check=True)
    (tmp_path / "processes" / "gone.svg").write_text("")
    with pytest.raises(CommandError):
        call_command("diagrams", check=True)
