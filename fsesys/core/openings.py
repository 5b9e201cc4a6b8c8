"""The page on which a case of a small process is opened from a record: the first verb's page.

Where one verb is all, the case opens and closes here. The answers to a POST are those of
views.VerbPage; there is no "changed since", because there is no case yet.
"""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from . import processes
from .asking import openings
from .refusal import AlreadyDone, NotYours, Refused
from .views import PermissionDenied, Reader, not_yours, say_again


class OpeningPage(Reader):
    """Subclasses say the process, how the record is found and which columns the case gets."""

    process = ""
    template = "cases/verb.html"
    before = None  # a template that stands before the fields

    def record(self, pk):
        """The record, or None."""
        raise NotImplementedError

    def url(self, record):
        """The record's own page."""
        raise NotImplementedError

    def columns(self, record) -> dict:
        """The case's own columns before anything is typed, for the rules' facts."""
        raise NotImplementedError

    def letters(self, record, move):
        return []

    def get(self, request, pk, verb):
        record, move = self.found(pk, verb)
        return self.show(request, record, move, self.form(record, move, request), self.why(
            record, move, request.user), 200)  # fmt: skip

    def post(self, request, pk, verb):
        record, move = self.found(pk, verb)
        self.why(record, move, request.user)
        form = self.form(record, move, request, data=request.POST, files=request.FILES)
        if not form.is_valid():
            return self.show(request, record, move, form, (), 422)
        action = processes.get(self.process).actions[verb]
        try:
            event = action(record, by=request.user, key=form.cleaned_data["key"], **form.typed())
        except AlreadyDone as done:
            say_again(request, done.event)
            event = done.event
        except NotYours as no:
            raise PermissionDenied(str(no)) from no
        except Refused as refused:
            return self.show(request, record, move, form, refused.refusals, 409)
        else:
            messages.success(request, _("Done: %(verb)s.") % {"verb": move.done or move.label})
        return HttpResponseRedirect(self.after(record, event), status=303)

    def after(self, record, event):
        """Where one goes when it is done: the case while it is open, else the record."""
        process = processes.get(self.process)
        return self.url(record) if event.case.closed_at else f"{process.url}{event.case.number}/"

    def found(self, pk, verb):
        record, move = self.record(pk), processes.get(self.process).machine.move(verb)
        if record is None or move is None or "" not in move.sources:
            raise Http404
        return record, move

    def why(self, record, move, by):
        """The reasons why it cannot be done now; raises PermissionDenied without the role."""
        choices = openings(self.process, by, **self.columns(record))
        choice = next((c for c in choices if c.move == move), None)
        if choice is None:
            raise not_yours(move)
        return choice.refusals

    def form(self, record, move, request, **kwargs):
        known = processes.get(self.process).forms[move.verb]
        return known(subject=record, by=request.user, **kwargs)

    def show(self, request, record, move, form, refusals, status):
        form.relist()
        machine, url = processes.get(self.process).machine, self.url(record)
        page = {
            "home": url, "home_label": str(record), "url": url, "label": move.label,
            "verb": move.verb, "effects": move.effects, "danger": move.danger,
            "letters": self.letters(record, move), "refusals": list(refusals),
            "about": machine.label_one, "before": self.before,
        }  # fmt: skip
        return render(request, self.template, {"page": page, "form": form}, status=status)
