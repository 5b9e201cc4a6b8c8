"""The register catalogue that an installation begins with, from the shipped list.

What is said of a register later (restricted, its smallest cell) is a dated flag of its own.
"""

import csv
from pathlib import Path

from django.utils.translation import gettext_lazy

from fsesys.core import clock, seed

SHIPPED = Path(__file__).parent / "fixtures" / "registers.csv"
SUBJECTS = {
    "people": gettext_lazy("people"), "health": gettext_lazy("health"),
    "labour": gettext_lazy("labour market"), "enterprise": gettext_lazy("enterprises"),
    "social": gettext_lazy("social conditions"), "justice": gettext_lazy("justice"),
    "income": gettext_lazy("income"), "housing": gettext_lazy("housing"),
    "education": gettext_lazy("education"), "transport": gettext_lazy("transport"),
}  # fmt: skip
REFERENCES = {
    "status": gettext_lazy("state on a day"), "event": gettext_lazy("event"),
    "spell": gettext_lazy("spell"), "status_period": gettext_lazy("state over a period"),
}  # fmt: skip
COLUMNS = ("title_da", "title_en", "subject", "reference_type")


def shipped() -> list:
    """The rows of registers.csv as dicts."""
    with SHIPPED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def subject(register) -> str:
    """What the register is about, in words; a value that we do not know as it came."""
    return str(SUBJECTS.get(register.subject, register.subject))


def reference(register) -> str:
    """Which kind of time its rows have, in words."""
    return str(REFERENCES.get(register.reference_type, register.reference_type))


def put_registers(apps):
    """Every register that is missing, with its flag from the beginning on."""
    register, flag = (
        apps.get_model("projects", "Register"),
        apps.get_model("projects", "RegisterFlag"),
    )
    system = apps.get_model("core", "Person").objects.get(is_system=True)
    since = clock.midnight(seed.BEGINNING)
    known = set(register.objects.values_list("name", flat=True))
    rows = [row for row in shipped() if row["name"] not in known]
    made = register.objects.bulk_create(
        register(name=row["name"], **{name: row[name] for name in COLUMNS}) for row in rows
    )
    flag.objects.bulk_create(
        flag(register=one, restricted_enterprise=row["restricted_enterprise"] == "yes",
             min_cell=int(row["min_cell"]) if row["min_cell"] else None, from_at=since,
             recorded_at=since, recorded_by=system)
        for one, row in zip(made, rows, strict=True)
    )  # fmt: skip
