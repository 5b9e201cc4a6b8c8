"""What the demo institutions applied with, from the shipped list of Danish institutions."""

import csv
import datetime as dt
from pathlib import Path

from fsesys.core import clock

DATA = Path(__file__).parents[1] / "fixtures" / "demo" / "institutions.csv"
TOWNS = ["8000 Aarhus C", "1014 København K", "9220 Aalborg Ø", "5230 Odense M", "2800 Lyngby"]
STREETS = ["Fuglesangs Allé 4", "Øster Farimagsgade 5", "Fibigerstræde 2", "Campusvej 55"]
FIRST = ["Anne", "Birgitte", "Carsten", "Dorte", "Erik", "Frederik", "Gitte", "Henrik", "Inge",
         "Jesper", "Karen", "Lars", "Maria", "Niels", "Pia", "Søren", "Thomas", "Ulla"]  # fmt: skip
LAST = ["Andersen", "Bjerregaard", "Christoffersen", "Dalgaard", "Eskildsen", "Frandsen",
        "Gregersen", "Hedegaard", "Iversen", "Juhl", "Kjeldsen", "Lundgaard", "Mikkelsen"]  # fmt: skip


BASES = (8, 13)  # who asked for a project database too


def rows() -> list:
    """The rows of institutions.csv as dicts."""
    with DATA.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def person(n: int, domain: str, title="") -> dict:
    """A made-up person at a mail domain."""
    name = f"{FIRST[n % len(FIRST)]} {LAST[(n * 7) % len(LAST)]}"
    mail = f"{name.split()[0].lower()}.{n}@{domain}"
    return {"name": name, "title": title, "mail": mail.replace("ø", "oe")}


def application(n: int, row: dict, received_on: dt.date) -> dict:
    """The keyword arguments of `register_application` for the n-th institution."""
    domains = row["mail_domains"].split(";")
    private = row["type"] in ("interest_organisation", "consultancy", "other_company")
    return {
        "institution": {
            "name_da": row["name_da"], "name_en": row["name_en"], "cvr": row["cvr"],
            "parent_name": row["parent_da"], "type": row["type"], "mail_domains": domains,
            "schemes": schemes(n), "language": "en" if n % 7 == 3 else "da",
            "address": f"{STREETS[n % 4]}\n{TOWNS[n % 5]}",
        },
        "head": person(n, domains[0], "institutleder" if n % 7 != 3 else "head of department"),
        "application": pdf(f"Ansøgning om autorisation {n}"),
        "annexes": [pdf(f"Bilag 1: medarbejdere og erfaring {n}", "bilag-1.pdf")],
        "double_reason": "Et andet miljø under samme hovedinstitution.",
        "received_on": received_on, "channel": "mail",
        "language": "en" if n % 7 == 3 else "da", "schemes": schemes(n),
        "environment": f"Miljøet har {12 + n} forskere, der arbejder med registerdata om"
                       " befolkning, uddannelse og helbred.",
        "staff_count": 12 + n, "experienced_count": 4 + n % 5,
        "security": "Skriftlige rutiner, årlig gennemgang, en navngiven dataansvarlig.",
        "purpose": "Forskning i velfærd, arbejdsmarked og sundhed.",
        "ownership": "Medlemsejet forening." if private else "",
        "public_work": "Analyser for to ministerier siden 2019." if private else "",
    }  # fmt: skip


def schemes(n) -> list:
    return ["researcher", "project_database"] if n in BASES else ["researcher"]


def pdf(text: str, name="ansoegning.pdf") -> tuple:
    """A small real PDF with a line of text: what an applicant might have attached."""
    line = text.encode("latin-1", "replace").replace(b"(", b"").replace(b")", b"")
    stream = b"BT /F1 14 Tf 72 760 Td (" + line + b") Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, places = b"%PDF-1.7\n", []
    for n, item in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (n, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return name, "application/pdf", body + end % (table, len(body))


def noon(day: dt.date) -> dt.datetime:
    """Ten in the morning in Copenhagen on the day."""
    return dt.datetime.combine(day, dt.time(10), tzinfo=clock.COPENHAGEN)
