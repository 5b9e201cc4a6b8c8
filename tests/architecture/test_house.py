"""The rules of the house that are tests (design.md sections 1, 4, 9): read from the source."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = ("fsesys", "institutions", "researchers", "projects", "deliveries", "outputcheck")
CODE = sorted(p for app in APPS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DOOR = ROOT / "fsesys/core/door.py"
CLOCK = ROOT / "fsesys/core/clock.py"
CLOCKLESS = (ROOT / "fsesys/run", ROOT / "fsesys/settings")  # the starter, before Django runs


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path, node) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def name(node) -> str:
    """`dt.datetime.now` of an attribute chain; '' for anything else."""
    if isinstance(node, ast.Attribute):
        return f"{name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def named(node) -> str:
    """The last part of what is called or read."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def calls(path):
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]


def targets(node) -> list:
    if isinstance(node, ast.Assign):
        return [part for target in node.targets for part in ast.walk(target)]
    if isinstance(node, ast.AugAssign | ast.AnnAssign):
        return [node.target]
    return []


def sets_state(node) -> bool:
    """x.state = ..., setattr(x, "state", ...), .update(state=...), bulk_update(..., ["state"])."""
    stored = [t for t in targets(node) if isinstance(t, ast.Attribute)]
    if any(t.attr == "state" and isinstance(t.ctx, ast.Store) and name(t.value) != "self"
           for t in stored):  # fmt: skip
        return True
    if not isinstance(node, ast.Call):
        return False
    words = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)
             and isinstance(part.value, str)}  # fmt: skip
    if named(node.func) in ("setattr", "bulk_update", "__setattr__"):
        return "state" in words
    return named(node.func) == "update" and any(k.arg == "state" for k in node.keywords)


def test_only_the_door_sets_a_state():
    found = [place(path, node) for path in CODE if path != DOOR
             for node in ast.walk(tree(path)) if sets_state(node)]  # fmt: skip
    assert found == []


def test_nothing_is_saved_raw_past_the_door():
    """No raw UPDATE, INSERT or DELETE on our tables in the code."""
    found = [
        place(path, node)
        for path in CODE
        if not any(path.is_relative_to(folder) for folder in CLOCKLESS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.lstrip().startswith(("UPDATE ", "INSERT INTO ", "DELETE FROM "))
    ]
    assert found == []


TIME = {"timezone.now", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"}


def asks_for_the_time(node) -> bool:
    if isinstance(node, ast.Attribute):
        return any(f".{name(node)}".endswith(f".{word}") for word in TIME)
    if isinstance(node, ast.Call):
        bare = named(node.func) in ("localdate", "localtime") and not node.args
        return bare or named(node.func) == "Now" or name(node.func) == "time.time"
    return isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add")


SESSIONS = ROOT / "fsesys/core/signin.py"  # when one expires is the browser's matter, no fact
CERTIFICATES = ROOT / "fsesys/core/letters/made_up.py"  # dates of a made-up certificate, no fact


def test_only_the_clock_knows_the_time():
    free = [*CLOCKLESS, CLOCK, CERTIFICATES, SESSIONS]
    found = [place(path, getattr(node, "value", node) if isinstance(node, ast.keyword) else node)
             for path in CODE if not any(path.is_relative_to(f) for f in free)
             for node in ast.walk(tree(path)) if asks_for_the_time(node)]  # fmt: skip
    assert found == []


def test_nobody_uses_the_ignore_switch():
    words = ("pgtrigger" + ".ignore", "from pgtrigger import ignore")
    found = [str(path.relative_to(ROOT)) for path in CODE
             if any(word in path.read_text(encoding="utf-8") for word in words)]  # fmt: skip
    assert found == []


def inner_imports(path):
    """Imports of our own apps inside a function, except in AppConfig.ready()."""
    for function in ast.walk(tree(path)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if function.name == "ready" and path.name == "apps.py":
            continue
        for node in ast.walk(function):
            own = isinstance(node, ast.ImportFrom) and (
                node.level > 0 or (node.module or "").split(".")[0] in APPS
            )
            if isinstance(node, ast.Import):
                own = any(alias.name.split(".")[0] in APPS for alias in node.names)
            if own:
                yield place(path, node)


def test_no_import_of_our_own_hides_in_a_function():
    assert [found for path in CODE for found in inner_imports(path)] == []


def test_rules_and_machines_do_not_ask_the_database():
    """design.md section 1: no model imports in rules.py and machine.py of a process."""
    found = [
        place(path, node)
        for path in CODE
        if path.name in ("rules.py", "machine.py") and path.parent != ROOT / "fsesys/core"
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.ImportFrom) and "models" in (node.module or "").split("."))
        or (isinstance(node, ast.Attribute) and node.attr == "objects")
    ]
    assert found == []


@pytest.mark.parametrize("files, ceiling", [(CODE, 250), (TESTS, 400)], ids=["code", "tests"])
def test_files_stay_under_their_ceiling(files, ceiling):
    sizes = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in files}
    assert {path: size for path, size in sizes.items() if size > ceiling} == {}


def test_functions_stay_under_forty_lines():
    long = {
        f"{place(path, node)} {node.name}": node.end_lineno - node.lineno + 1
        for path in CODE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > 40
    }
    assert long == {}


def test_templates_stay_under_sixty_lines():
    sizes = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in TEMPLATES}
    assert {path: size for path, size in sizes.items() if size > 60} == {}


def test_every_module_says_what_belongs_in_it():
    silent = [str(p.relative_to(ROOT)) for p in CODE
              if p.read_text("utf-8").strip() and not ast.get_docstring(tree(p))]  # fmt: skip
    assert silent == []


def test_every_action_says_what_an_officer_would_say():
    silent = [
        f"{place(path, node)} {node.name}"
        for path in CODE
        if path.name in ("actions.py", "signing.py", "everyday.py", "door.py")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and any(a.arg == "by" for a in [*node.args.args, *node.args.kwonlyargs])
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_text_hides_in_an_f_string():
    """The catalogue does not find a text inside one: it would stay English on Danish pages."""
    found = [
        place(path, node)
        for path in CODE
        for outer in ast.walk(tree(path)) if isinstance(outer, ast.JoinedStr)
        for node in ast.walk(outer) if isinstance(node, ast.Call) and named(node.func) == "_"
    ]  # fmt: skip
    assert found == []
