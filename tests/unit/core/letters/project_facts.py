"""Facts for the letters about projects and accesses; titles are those that the program gives."""

from __future__ import annotations

from django.utils import translation

from projects.allowing import actions as allowing
from projects.ending import actions as ending
from projects.exempting import actions as exempting
from projects.grant import documents as grant
from projects.hold.titles import TITLES as HOLD
from projects.proposal import documents as proposal

LAZY = proposal.TITLES | HOLD | allowing.TITLES | exempting.TITLES | ending.TITLES | grant.TITLES
KINDS = tuple(LAZY)


def title(kind, language) -> str:
    with translation.override(language):
        return str(LAZY[kind])


TITLES = {kind: (title(kind, "da"), title(kind, "en")) for kind in KINDS}


def facts(language) -> dict:
    """What stands in these letters beside what every letter has."""
    danish = language == "da"
    day = "31. december 2027" if danish else "31 December 2027"
    return {
        "project_number": 700001, "project": "700001", "title": "Fertility", "again": True,
        "answer_by": day, "first_on": day, "last_on": day, "last_day": day, "ident": "ABC",
        "person": "Nanna Holst", "member": "Institut for Statskundskab", "performer": "",
        "controller": "Aarhus Universitet", "contact_person": "Nanna Holst",
        "purpose": "Fertility over 40 years.", "population": "Everybody born since 1970.",
        "external_data": "A survey.", "outputs": "Two articles.", "legal_basis": "Section 10.",
        "database": "700000 Life courses", "full_register": "yes",
        "full_register_reason": "Everybody may be a relative.",
        "members": [{"name": "VIVE", "number": 98}],
        "registers": [{"name": "BEF", "from": 1980, "to": 2023},
                      {"name": "UDDA", "from": "", "to": ""}], "signed_by": "Anders Thygesen",
        "signed_at": day, "signatories": [{"name": "Preben Bo Mortensen", "title": ""},
                                          {"name": "Mette Ågård", "title": "head"}],
    }  # fmt: skip
