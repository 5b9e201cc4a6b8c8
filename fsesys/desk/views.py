"""Pages that span processes: my work, search, a document's bytes, roles, help, mailbox."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fsesys.core import clock, jobs, processes, roles
from fsesys.core.diagram import draw
from fsesys.core.documents import Document, Notice
from fsesys.core.letters.render import RenderFailed
from fsesys.core.views import Reader

from . import search, table, work


class MyWork(Reader):
    may_read = frozenset(roles.LABELS)

    def get(self, request):
        tasks = work.tasks(request.user.person, self.held)
        return render(request, "desk/my_work.html", {"tasks": tasks})


class Search(Reader):
    def get(self, request):
        words = request.GET.get("q", "")[:200].replace("\x00", "")
        hits, cut = search.found(words)
        if len(hits) == 1 and request.GET.get("go"):
            return redirect(hits[0]["url"])
        told = {"words": words, "hits": hits, "cut": cut, "limit": search.LIMIT}
        return render(request, "desk/search.html", told)


class DocumentBytes(Reader):
    """The bytes of a document, as an attachment or shown by the browser's own PDF view; for who
    may read the case that it lies on."""

    may_read = frozenset(roles.LABELS)

    def get(self, request, number):
        document = Document.objects.select_related("case").filter(number=number).first()
        if document is None:
            raise Http404
        if not self.held & (processes.get(document.case.process).readers or roles.STAFF):
            raise PermissionDenied(_("Your roles do not include this page."))
        try:
            kept = jobs.file_of(document)
        except RenderFailed as failed:
            return render(request, "503.html", {"sentence": str(failed)}, status=503)
        response = HttpResponse(bytes(kept.content), content_type=kept.media_type)
        name = document.file_name or f"{document.number}.pdf"
        inline = not document.file_id
        response["Content-Disposition"] = content_disposition_header(not inline, name)
        response["Content-Security-Policy"] = (
            "sandbox; default-src 'none'; style-src 'unsafe-inline'"
        )
        return response


class Roles(Reader):
    """The permission table, made from the machines, and who holds which role today."""

    may_read = frozenset(roles.LABELS)

    def get(self, request):
        held = roles.RoleMembership.objects.at(clock.now()).select_related("person")
        return render(request, "desk/roles.html", {
            "tables": [table.permissions(p.machine) for p in processes.everything()],
            "held": held.order_by("role", "person__name"),
            "stand_ins": roles.StandIn.objects.at(clock.now()).select_related("person",
                                                                              "stand_in"),
        })  # fmt: skip


class Help(Reader):
    may_read = frozenset(roles.LABELS)

    def get(self, request):
        return render(request, "desk/help.html", {
            "processes": [
                {"machine": p.machine, "table": table.states(p.machine),
                 "diagram": reverse("diagram", args=[p.slug])}
                for p in processes.everything()
            ]
        })  # fmt: skip


class Diagram(Reader):
    may_read = frozenset(roles.LABELS)

    def get(self, request, process):
        found = [p for p in processes.everything() if p.slug == process]
        if not found:
            raise Http404
        return HttpResponse(draw(found[0].machine), content_type="image/svg+xml")


class Mailbox(Reader):
    """Demo only: every mail that left, as its receiver would see it."""

    may_read = frozenset(roles.LABELS)

    def get(self, request):
        if not settings.FSESYS_DEMO:
            raise Http404
        mails = Notice.objects.exclude(sent_at=None).select_related("document")
        waiting = Notice.objects.filter(sent_at=None, recalled_at=None).order_by("leaves_at", "pk")
        context = {"mails": mails.order_by("-sent_at", "-pk")[:100], "waiting": waiting[:50]}
        return render(request, "desk/mailbox.html", context)


@require_POST
def language(request):
    """Switch the account's language and go back to where one was."""
    chosen = request.POST.get("language")
    back = request.POST.get("next") or "/"
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            request.user.language = chosen
            request.user.save(update_fields=["language"])
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax")
    return response


def healthy(request):
    return HttpResponse(_("FSESYS answers."), content_type="text/plain; charset=utf-8")
