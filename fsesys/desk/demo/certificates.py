"""The results of the test in the demo office, brought in as the portal sends them: in CSV files."""

import csv
import datetime as dt
import io
import random

from fsesys.core import clock, importing, workdays
from institutions.records import AuthorisationPeriod
from researchers.certification.importing import RESULTS
from researchers.records import Association

from .applications import noon
from .pace import moved

EVERY = 14  # days between two files
SOURCE = "Portalens udtræk af certificeringstests, %s"


def files(staff, today):
    """One file each fortnight: the results of who has come since the last one."""
    first = AuthorisationPeriod.objects.order_by("from_at").first()
    since, last = clock.day_of(first.from_at), today - dt.timedelta(days=1)
    while since < last:
        until = min(workdays.after(since + dt.timedelta(days=EVERY), 1), last)
        rows = [row for one in newcomers(since, until) for row in results(one, until, today)]
        if rows:
            yield lambda until=until, rows=rows: bring(staff["secretary"], until, rows)
        since = until


def bring(by, until, rows):
    """Bring in one file on the day."""
    with moved(noon(until) + dt.timedelta(minutes=17)):
        reason = SOURCE % until.isoformat()
        upload = ("resultater.csv", "text/csv", as_csv(rows))
        kept = importing.upload(RESULTS, upload, by=by)
        checked = importing.again(RESULTS, kept, by, clock.now())
        importing.bring(RESULTS, kept.key, by=by, reason=reason, sha256=kept.file.sha256,
                        seen=checked.seen, valid_only=True)  # fmt: skip


def newcomers(since, until):
    """Who was associated on those days and has no result yet; a linked record gets none."""
    rows = Association.objects.filter(
        from_at__gte=clock.after(since), from_at__lt=clock.after(until),
        person__certifications=None, person__same_as=None,
    )  # fmt: skip
    found = {row.person_id: row.person.researcher
             for row in rows.select_related("person__researcher").order_by("pk")}  # fmt: skip
    return list(found.values())


def results(researcher, until, today) -> list:
    """(ident, day, right answers) of one person: most pass, some long ago, some never."""
    dice = random.Random(researcher.person.name)  # noqa: S311 - the same on every machine
    lot, day = dice.randint(1, 100), until - dt.timedelta(days=dice.randint(0, 150))
    for most, since in ((91, (130, 200)), (84, (3, 40)), (76, (-28, -2))):
        if lot > most:  # over before they came; over since; over soon
            day = today - dt.timedelta(days=365 + dice.randint(*since))
            break
    day = min(day, until)
    if lot > 95:  # never passed; some never tried
        return [(researcher.ident, until - dt.timedelta(days=2), dice.randint(5, 9))][: lot - 96]
    tries = [(researcher.ident, day - dt.timedelta(days=1), 8)] if lot % 6 == 0 else []
    return [*tries, (researcher.ident, day, 10)]


def as_csv(rows) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["ident", "taken_on", "correct", "rules_version"])
    writer.writerows((ident, f"{on:%d-%m-%Y}", correct, "2025-1") for ident, on, correct in rows)
    return out.getvalue().encode()
