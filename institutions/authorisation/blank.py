"""The application form on paper: asks for what ApplicationForm asks for, field by field.

Belongs here: which of the form's fields the applicant fills, and how each is drawn. A field that
is added to ApplicationForm stands on the paper by itself, unless it is named as the office's own.
"""

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core import files, office, printing

from . import applying
from .application import PRIVATE_STATE, ApplicationForm

TEMPLATE = "application_form"
NUMBER = {"da": "AF-DA", "en": "AF-EN"}
TITLE = gettext_lazy("Application for authorisation")
OFFICE_ONLY = {
    "key", "seen", "paragraph", "again", "double_reason", "price_group", "price_group_reason",
    "received_on", "channel", "responsible", "application", "annexes",
}  # fmt: skip
SECTIONS = {  # first field of the section: its heading
    "name_da": gettext_lazy("The institution"),
    "schemes": gettext_lazy("What you apply for"),
    "address": gettext_lazy("Addresses and letters"),
    "head_name": gettext_lazy("The responsible manager"),
    "environment": gettext_lazy("The environment"),
    PRIVATE_STATE[0]: gettext_lazy("Private applicants"),
}


def form_pdf(language: str) -> files.File:
    """Today's application form in "da" or "en". Raises printing.Busy, RenderFailed."""
    return printing.printed(TEMPLATE, context(language), language, NUMBER[language])


def context(language: str) -> dict:
    """What the paper shows today: plain text only, so that it can be hashed."""
    with translation.override(language):
        groups = applying.groups(applying.checklist_today(), "enclosures")
        return {
            "document": {"title": str(TITLE)}, "office": office.block(language),
            "sections": _sections(),
            "enclosures": [
                {"title": row.title, "private": group["private"]}
                for group in groups for row in group["rows"] if row.slug != TEMPLATE
            ],
        }  # fmt: skip


def asked() -> dict:
    """{name: field} of what the applicant is asked for, in the form's order."""
    every = ApplicationForm.base_fields
    return {name: field for name, field in every.items() if name not in OFFICE_ONLY}


def _sections() -> list:
    found = []
    for name, field in asked().items():
        if name in SECTIONS or not found:
            found.append({"title": str(SECTIONS.get(name, "")), "fields": []})
        found[-1]["fields"].append(_drawn(name, field))
    return found


def _drawn(name, field) -> dict:
    many = isinstance(field, forms.MultipleChoiceField)
    rows = int(field.widget.attrs.get("rows", 0))
    hint = str(field.help_text)
    if isinstance(field, forms.ChoiceField):
        hint = hint or (_("One or more ticks") if many else _("One tick"))
    return {
        "label": str(field.label), "hint": hint,
        "must": field.required or name in PRIVATE_STATE,
        "choices": [str(words) for value, words in getattr(field, "choices", ()) if value],
        "lines": list(range(2 * rows if rows > 3 else rows)),
    }  # fmt: skip
