"""The pages without sign-in: how to apply, and the application form as PDF.

They are rendered without the request, so nothing of a visitor, an account or a session can stand
on them: everybody gets the same bytes, and a cache may keep them. No case is read here.
"""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page
from django.views.generic import View

from fsesys.core import printing
from fsesys.core.letters.render import RenderFailed

from . import applying, blank

LANGUAGES = dict(settings.LANGUAGES)
KEPT = "public, max-age=300"  # seconds; a new check-list is seen five minutes late at most
RETRY_SECONDS = "10"


@method_decorator([csrf_exempt, conditional_page], name="dispatch")  # nothing is ever posted here
class Public(View):
    http_method_names = ("get", "head")

    def dispatch(self, request, *args, language="", **kwargs):
        self.language = language if language in LANGUAGES else translation.get_language()
        with translation.override(self.language):
            if language != self.language:
                return self.elsewhere()
            return super().dispatch(request, *args, **kwargs)

    def elsewhere(self):
        """No language that we write, or nothing at all: where the page is, in both."""
        return self.shown("apply/nothing.html", status=404)

    def shown(self, template, status=200, **context):
        frame = {
            "system": settings.SYSTEM_NAME, "unit": settings.UNIT_NAME,
            "agency": settings.AGENCY_NAME, "demo": settings.FSESYS_DEMO,
        }  # fmt: skip
        html = render_to_string(template, context | {
            "office": frame, "language": self.language, "others": self.others(),
        })  # fmt: skip
        answer = HttpResponse(html, status=status)
        answer["Content-Language"] = self.language
        if status == 200:
            answer["Cache-Control"] = KEPT
        return answer

    def others(self):
        """The page in the other languages."""
        return [
            {"code": code, "name": name, "url": reverse("apply-page", args=[code])}
            for code, name in LANGUAGES.items()
            if code != self.language
        ]


class Apply(Public):
    def get(self, request):
        said = applying.page(self.language)
        form_url = reverse("apply-form", args=[self.language])
        return self.shown("apply/page.html", apply=said, form_url=form_url)


class Form(Public):
    """The blank application form. Printed here only when the nightly job has not been round."""

    def get(self, request):
        try:
            kept = blank.form_pdf(self.language)
        except (printing.Busy, RenderFailed):
            answer = self.shown("apply/later.html", status=503)
            answer["Retry-After"] = RETRY_SECONDS
            return answer
        answer = HttpResponse(bytes(kept.content), content_type=kept.media_type)
        answer["ETag"] = f'"{kept.sha256}"'
        answer["Cache-Control"], answer["Content-Language"] = KEPT, self.language
        answer["Content-Disposition"] = f'inline; filename="form-{self.language}.pdf"'
        return answer


class Entry(Public):
    """Without a language in the address: the browser's."""

    def elsewhere(self):
        return HttpResponseRedirect(reverse("apply-page", args=[self.language]))


class Nothing(Public):
    """Any other address below /apply/."""

    def elsewhere(self):
        if self.kwargs["rest"] in LANGUAGES:  # the slash at the end was left out
            return HttpResponseRedirect(reverse("apply-page", args=[self.kwargs["rest"]]))
        return super().elsewhere()
