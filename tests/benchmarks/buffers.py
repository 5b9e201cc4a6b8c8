"""What a page asks of the database: its statements, and the buffers each of them touches.

Belongs here: capturing the statements of one request and sending each again under EXPLAIN
(ANALYZE, BUFFERS). A buffer is a page of 8 kB, found in memory or read; the plan's root counts
those of all its parts. Buffers do not depend on what else the machine is doing.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection


@dataclass
class Asked:
    """The statements of one request, in order: (sql, params)."""

    statements: list = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.statements)

    def reads(self):
        return [
            (sql, params) for sql, params in self.statements if sql.startswith(("SELECT", "WITH"))
        ]

    def buffers(self) -> int:
        return sum(touched for touched, _sql, _plan in self.explained())

    def explained(self):
        """(buffers, sql, plan as text) of every SELECT."""
        with connection.cursor() as cursor:
            for sql, params in self.reads():
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
                found = cursor.fetchone()[0]
                root = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
                touched = root["Shared Hit Blocks"] + root["Shared Read Blocks"]
                yield touched, sql, outline(root)


def outline(node, depth=0) -> str:
    """The plan, a line per node, with its rows and buffers."""
    name = node.get("Index Name") or node.get("Relation Name") or ""
    touched = node["Shared Hit Blocks"] + node["Shared Read Blocks"]
    line = f"{'  ' * depth}{node['Node Type']} {name} rows={node['Actual Rows']} buffers={touched}"
    return "\n".join([line, *(outline(part, depth + 1) for part in node.get("Plans", []))])


@contextmanager
def asked():
    """Collect the statements that run inside the `with`."""
    found = Asked()

    def keep(execute, sql, params, many, context):
        found.statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield found
