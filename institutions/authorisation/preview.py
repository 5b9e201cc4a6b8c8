"""A letter as it will be frozen, shown before the verb is done. Nothing is kept or numbered."""

from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from fsesys.core import clock, roles, views
from fsesys.core.letters.compose import compose
from fsesys.core.office import block

from . import documents
from .views import PREVIEWED, Pages

POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


def context(case, template) -> dict:
    """The letter's own facts, as the action will build them, in the active language."""
    if template == "agreement":
        version = case.agreement_versions.order_by("version").last()
        if version and case.state in ("agreement_drafted", "submitted"):
            return version.terms
        chief = roles.holders(roles.CHIEF).first()
        return documents.agreement(
            case, case.agreement_versions.count() + 1, chief.name if chief else ""
        )
    today = clock.today()
    if template == "lapse":
        return documents.lapse(documents.why_lapsed(case), today)
    if template == "withdrawal":
        return {"date": documents.day(today)}
    number = case.agreement.document.number if case.agreement_id else ""
    return {"agreement_number": number, "responsible": case.head.name,
            "due_on": documents.day(case.due_on)}  # fmt: skip


class LetterPreview(Pages, views.OfCase):
    def get(self, request, number, template):
        case = self.found(number)
        if template not in PREVIEWED:
            raise Http404
        language = request.GET.get("language", case.language)
        language = language if language in ("da", "en") else case.language
        with translation.override(language):
            frozen = context(case, template) | {
                "office": block(language), "case": {"number": case.number},
                "document": {"number": _("PREVIEW"), "title": str(documents.TITLES[template]),
                             "date": documents.day(clock.today())},
                "recipient": documents.recipient(case), "language": language, "paragraph": "",
                "contact": {"name": case.responsible.name},
            }  # fmt: skip
            html = compose(template, frozen, language)
        response = HttpResponse(html)
        response["Content-Security-Policy"] = POLICY
        return response
