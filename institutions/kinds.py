"""What kinds of institutions there are, what follows from the kind (domain.md 1.2, 1.6), and what one is called."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

TYPES = {
    "public_university": _("public university"),
    "sector_research": _("sector research institute"),
    "ministry_agency": _("ministry or agency"),
    "region_municipality": _("region or municipality"),
    "hospital": _("hospital"),
    "foundation": _("foundation"),
    "interest_organisation": _("interest organisation or think tank"),
    "consultancy": _("consultancy"),
    "other_company": _("other company"),
    "educational": _("educational institution"),
    "client": _("client of a consultancy"),
}
PRIVATE = {"interest_organisation", "consultancy", "other_company"}
NO_ENTERPRISE_DATA = {"consultancy", "other_company"}
PRICE_GROUPS = {"public": _("public"), "private": _("private")}
RIGHTS = {
    "full": _("restricted enterprise data allowed"),
    "none": _("no restricted enterprise data"),
    "exemption": _("restricted enterprise data by exemption only"),
}
SCHEMES = {
    "researcher": _("researcher scheme"),
    "project_database": _("project database scheme"),
    "authority": _("authority scheme"),
    "law_model": _("law model"),
    "thesis": _("thesis scheme"),
    "client": _("client authorisation"),
}
ROLES = {
    "responsible": _("responsible for authorisation"),
    "substitute": _("substitute"),
    "administrator": _("administrator"),
    "contact_with_powers": _("contact person with powers"),
    "signatory": _("signatory"),
    "contact": _("contact person"),
    "user": _("user"),
}


def price_group(kind: str) -> str:
    """public or private; foundations belong to the public user group (domain.md 1.2)."""
    return "private" if kind in PRIVATE else "public"


def enterprise_right(kind: str) -> str:
    """full, none or exemption: consultancies only by exemption, other companies never."""
    if kind == "consultancy":
        return "exemption"
    return "none" if kind in NO_ENTERPRISE_DATA else "full"


def called(name_da, name_en, parent) -> str:
    """What an institution is called in the reader's language, behind the name of its parent."""
    name = name_en if name_en and get_language() == "en" else name_da
    return f"{parent}, {name}" if parent else name


def told(behind="") -> dict:
    """What `called` wants, as paths to it: for a JSONObject. behind: the path to the institution."""
    return {"name_da": f"{behind}name_da", "name_en": f"{behind}name_en",
            "parent": f"{behind}parent__name"}  # fmt: skip
