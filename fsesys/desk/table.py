"""The tables made from a machine: state x verb x role, for help, roles page and docs."""

from fsesys.core import roles


def states(machine) -> list:
    """One row per state and verb: state, verb, targets, roles."""
    rows = []
    for state in machine.states:
        for move in machine.moves:
            if state.slug in machine.sources(move) and "" not in move.sources:
                targets = move.targets or (state.slug,)
                rows.append({
                    "state": state.label, "verb": move.label,
                    "to": [machine.state(target).label for target in targets],
                    "roles": [roles.LABELS[role] for role in
                              move.roles_in.get(state.slug, move.roles)],
                })  # fmt: skip
    return rows


def _second(move) -> str:
    """Who confirms, where a second person must or may have to."""
    confirmers = move.confirmers or move.roles
    return ", ".join(str(roles.LABELS[role]) for role in confirmers) if move.two else ""


def permissions(machine) -> dict:
    """Verbs as rows, roles as columns."""
    columns = [role for role in roles.LABELS if any(role in m.roles for m in machine.moves)]
    rows = [
        {"verb": move.label, "cells": [role in move.roles for role in columns],
         "personal": move.personal, "second": _second(move)}
        for move in machine.moves
    ]  # fmt: skip
    return {"label": machine.label, "columns": [roles.LABELS[r] for r in columns], "rows": rows}
