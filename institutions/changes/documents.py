"""What the supplementary agreement says."""

from django.utils.translation import gettext_lazy as _

from fsesys.core import wording

from .. import kinds
from .rules import AT_SIGNATURE

TITLES = {"supplementary_agreement": _("Supplementary agreement")}
LABELS = {
    "name_da": _("Name in Danish"), "name_en": _("Name in English"),
    "parent": _("Parent organisation"), "address": _("Address"),
    "invoice_address": _("Invoice address"), "ean": _("EAN number"), "web": _("Web page"),
    "mail_domains": _("Mail domains"), "language": _("Language of letters"),
    "schemes": _("Schemes"),
}  # fmt: skip


def words(name, value) -> str:
    if name == "schemes":
        return ", ".join(str(kinds.SCHEMES[one]) for one in value)
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def supplement(case, head) -> dict:
    return {
        "institution": case.institution.name, "cvr": case.institution.cvr,
        "from_on": wording.day(case.from_on),
        "responsible": {"name": head.name, "title": head.title},
        "changes": [
            {"label": str(LABELS[name]), "old": words(name, old), "new": words(name, new),
             "at_signature": name in AT_SIGNATURE}
            for name, (old, new) in case.changes.items()
        ],
    }  # fmt: skip
