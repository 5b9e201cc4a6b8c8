"""`manage.py processes`: every process with its states, edges and labels, for people or as JSON."""

import json

from django.core.management.base import BaseCommand
from django.utils import translation

from fsesys.core import processes


class Command(BaseCommand):
    help = "Print every process: states, edges (verb, from, to, roles) and labels."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--language", choices=["en", "da"], default="en")

    def handle(self, *args, **options):
        with translation.override(options["language"]):
            found = [described(process.machine) for process in processes.everything()]
        if options["format"] == "json":
            self.stdout.write(json.dumps({"processes": found}, ensure_ascii=False, indent=2))
            return
        for process in found:
            self.stdout.write(f"{process['number']} {process['label']}")
            for edge in process["edges"]:
                line = f"  {edge['from'] or '-'} -> {edge['to']}: {edge['verb']} ({', '.join(edge['roles'])})"
                self.stdout.write(line)


def described(machine) -> dict:
    """One process as plain values; keys are promised in docs/contracts.md."""
    return {
        "process": machine.process, "number": machine.number, "label": str(machine.label),
        "states": [
            {"state": s.slug, "label": str(s.label), "waits_for": s.waits_for, "closed": s.closed}
            for s in machine.states
        ],
        "verbs": [
            {"verb": m.verb, "label": str(m.label), "roles": list(m.roles), "moves": bool(m.targets)}
            for m in machine.moves
        ],
        "edges": [
            {"verb": verb, "from": source, "to": target, "roles": who(machine.move(verb), source)}
            for source, target, verb in machine.edges()
        ],
    }  # fmt: skip


def who(move, state) -> list:
    """The roles that may do the verb in that state."""
    return list(move.roles_in.get(state, move.roles))
