"""The page of a decision that waits for a second person: what was proposed, confirm or decline."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import casepage, clock, correcting, pending, processes, roles
from .forms import NoCpr, shown
from .refusal import AlreadyDone, NotYours, Refused
from .views import PermissionDenied, Reader, say_again


class Answer(NoCpr, forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why you decline"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def _wrong(form) -> list:
    """What is wrong with the reason, in words; the key is nothing that a person types."""
    damaged = [_("The form is damaged. Open the page again.")]
    return list(form.errors.get("reason", ())) or damaged


class OfProposal(Reader):
    may_read = roles.STAFF | {roles.ADMINISTRATOR}

    def found(self, pk):
        rows = pending.PendingDecision.objects.select_related("event", "by", "account__person")
        proposal = rows.filter(pk=pk).first()
        if proposal is None:
            raise Http404
        process = processes.get(proposal.case.process)
        case = process.model.objects.select_related("responsible", *process.model.related).get(
            pk=proposal.case_id
        )
        if not self.held & set(process.readers or roles.STAFF):
            raise Http404
        return proposal, case, f"{process.url}{case.number}/"


class PendingPage(OfProposal):
    def get(self, request, pk):
        return self.show(request, *self.found(pk), (), 200)

    def post(self, request, pk):
        proposal, case, url = self.found(pk)
        form = Answer(request.POST)
        if not form.is_valid():
            return self.show(request, proposal, case, url, _wrong(form), 422)
        key, by = form.cleaned_data["key"], request.user
        try:
            if "confirm" in request.POST:
                pending.confirm(proposal, by=by, key=key)
                messages.success(request, _("Confirmed. The decision holds from now."))
            else:
                pending.decline(proposal, by=by, key=key, reason=form.cleaned_data["reason"])
                messages.success(request, _("Declined. Nothing was changed."))
        except AlreadyDone as done:
            say_again(request, done.event)
        except NotYours as no:
            raise PermissionDenied(str(no)) from no
        except Refused as refused:
            return self.show(request, proposal, case, url, refused.refusals, 409)
        return HttpResponseRedirect(url, status=303)

    def show(self, request, proposal, case, url, refusals, status):
        move = case.machine.move(proposal.verb)
        page = {
            "header": casepage.header(case, clock.now()), "url": url, "label": move.label,
            "home": processes.get(case.process).url, "home_label": case.machine.label,
            "by": proposal.by.name, "at": casepage.when(proposal.event.at),
            "outcome": proposal.get_outcome_display() if proposal.outcome else "",
            "rows": shown(pending.bound(proposal, case)) if proposal.is_open else [],
            "files": self.files(proposal), "effects": move.effects, "refusals": list(refusals),
            "compared": self.compared(case, proposal),
            "confirm": proposal.is_open and pending.may_settle(proposal, case, request.user.person),
            "mine": proposal.by_id == request.user.person_id,
        }  # fmt: skip
        form = Answer(initial={"key": uuid.uuid4()})
        return render(request, "cases/pending.html", {"page": page, "form": form}, status=status)

    def files(self, proposal):
        return [
            {"name": one.name, "url": reverse("pending-file", args=[proposal.pk, one.pk])}
            for one in proposal.files.all()
        ]

    def compared(self, case, proposal):
        """What the process shows beside the proposal, such as pages laid side by side."""
        if not proposal.is_open:
            return []
        if proposal.verb == "correct":
            form = pending.bound(proposal, case)
            value = form.cleaned_data.get("value") if form.is_valid() else None
            return correcting.beside(case, form.data.get("what"), value)
        beside = processes.get(case.process).beside
        return beside(case, proposal) if beside else []


class PendingFile(OfProposal):
    """The bytes of a proposed file, never shown as anything but what it is."""

    def get(self, request, pk, file):
        proposal, _case, _url = self.found(pk)
        kept = proposal.files.select_related("file").filter(pk=file).first()
        if kept is None:
            raise Http404
        answer = HttpResponse(bytes(kept.file.content), content_type=kept.file.media_type)
        answer["Content-Disposition"] = content_disposition_header(True, kept.name)
        answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return answer
