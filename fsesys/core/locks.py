"""Locks of the records that a decision reads and writes, in one order for all: no deadlock.

The case itself is locked by the door. What a verb reads and writes is said by its process.
"""

from django.db import connection

from . import processes


def lock_subject(case):
    """What the verb reads of lower layers may not change meanwhile; what it writes waits for it."""
    process = processes.get(case.process)
    for rows in process.reads(case) if process.reads else ():
        share(rows)
    lock(process.subject(case))


def lock(rows):
    """Lock the records for writing, in one order for all."""
    rows = rows.order_by("pk").select_for_update(no_key=True, of=("self",))
    list(rows.values_list("pk"))


def share(rows):
    """Lock the rows FOR SHARE, in one order for all: readers together, never beside a writer."""
    sql, values = rows.order_by("pk").values_list("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR SHARE", values)
