"""The sheet "your accesses": what a researcher reaches, as a PDF to hand out.

It is made anew each time and kept nowhere: it repeats what the access register says at that moment.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _

from fsesys.core import clock, office, views
from fsesys.core.documents import LANGUAGES
from fsesys.core.letters import compose
from fsesys.core.letters import render as press
from fsesys.core.wording import when
from researchers.records import Researcher

from . import register

TEMPLATE = "access_sheet"


class AccessSheet(views.Reader):
    """GET /researchers/<pk>/accesses/<da or en>/"""

    def get(self, request, pk, language):
        rows = Researcher.objects.select_related("person__same_as")
        researcher = get_object_or_404(rows, pk=pk)
        if language not in dict(LANGUAGES):
            raise Http404
        try:
            content = made(researcher, language)
        except press.RenderFailed as failed:
            return render(request, "503.html", {"sentence": failed.sentence}, status=503)
        whose = (researcher.ident or f"researcher-{pk}").lower()
        name = f'inline; filename="{whose}-{clock.today().isoformat()}.pdf"'
        return HttpResponse(content, content_type="application/pdf",
                            headers={"Content-Disposition": name})  # fmt: skip


def made(researcher, language) -> bytes:
    """The sheet as a PDF in "da" or "en". Raises RenderFailed."""
    with translation.override(language):
        return press.render(compose.compose(TEMPLATE, context(researcher, language), language))


def context(researcher, language) -> dict:
    """What the sheet says now, in the language that is active."""
    question = register.Question(scope=(("person", researcher.person_id),))
    rows = [register.shown(row) for row in register.rows(question)]
    return {
        "document": {"title": _("Your accesses"), "number": researcher.ident or "",
                     "date": when(clock.now())},
        "office": office.block(language),
        "person": {"name": researcher.person.name, "ident": researcher.ident or ""},
        "opened": [row for row in rows if row["open"]],
        "closed": [row for row in rows if not row["open"]],
    }  # fmt: skip
