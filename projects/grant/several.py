"""Several people of a project at once: asked for, decided, renewed; each with an answer of its own.

One page, three forms. Every row is decided by the action of its verb in a transaction of its own:
what one of them lacks stops nobody else, and nothing here decides anything itself.
"""

import re
import uuid
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core import clock, roles
from fsesys.core import forms as core
from fsesys.core.cases import ProcessEvent
from fsesys.core.refusal import AlreadyDone, NotYours, Refused, Stale
from fsesys.core.views import Reader
from fsesys.core.wording import day, when

from .. import register
from ..owning import owner
from ..records import Project
from . import actions, selectors
from .models import GrantCase

AT_MOST = 200  # people of one form


@dataclass(frozen=True)
class Answer:
    """What became of one row: done, or every sentence that stood in the way."""

    about: str
    done: bool
    sentences: tuple


class AskForm(core.VerbForm):
    idents = core.text(
        gettext_lazy("For whom"), rows=3, max_length=2000,
        help_text=gettext_lazy("Idents, with a space or comma between them"),
    )  # fmt: skip
    asked_by = forms.ModelChoiceField(label=gettext_lazy("Who asked"), queryset=None)
    asked_on = core.DayField(label=gettext_lazy("Asked on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["asked_by"].queryset = selectors.speakers(self.subject, clock.now())

    def clean_idents(self):
        found = list(dict.fromkeys(re.split(r"[\s,;]+", self.cleaned_data["idents"].upper())))
        found = [ident for ident in found if ident]
        if not found:
            raise forms.ValidationError(_("Write the ident of at least one person."))
        if len(found) > AT_MOST:
            raise forms.ValidationError(_("At most %(most)d people at once.") % {"most": AT_MOST})
        return found


class People(Reader):
    """Who reaches the project and who waits; one form for each kind of decision."""

    def get(self, request, pk):
        return self.show(request, self.project(pk))

    def post(self, request, pk):
        project = self.project(pk)
        kinds = {"ask": self.ask, "decide": self.decide, "renew": self.renew}
        if request.POST.get("act") not in kinds:
            raise Http404
        form, answers = kinds[request.POST["act"]](request, project)
        for answer in answers:
            if answer.done:
                messages.success(request, f"{answer.about}: {' '.join(answer.sentences)}")
        left = [answer for answer in answers if not answer.done]
        if left or (form and form.errors):
            return self.show(request, project, form, left, 409 if left else 422)
        return HttpResponseRedirect(request.path, status=303)

    def project(self, pk):
        project = Project.objects.select_related("officer", "contact").filter(pk=pk).first()
        if project is None:
            raise Http404
        return project

    def ask(self, request, project):
        if roles.SECRETARY not in self.held:
            raise PermissionDenied(_("Your roles do not include this page."))
        form = AskForm(request.POST, by=request.user, subject=project)
        if not form.is_valid():
            return form, []
        typed, places = form.cleaned_data, owner(project, clock.now())
        answers = []
        for ident in typed["idents"]:
            association, why = selectors.one_association(ident, places, clock.now())
            if association is None:
                answers.append(Answer(ident, False, (why,)))
                continue
            answers.append(answer(ident, _("Request registered"), actions.register_request, project,
                                  by=request.user, association=association,
                                  asked_by=typed["asked_by"], asked_on=typed["asked_on"]))  # fmt: skip
        return form, answers

    def decide(self, request, project):
        """Every line that names a decision, also one that a colleague has decided meanwhile."""
        typed, done = request.POST, {"grant": _("Access granted"), "refuse": _("Access refused")}
        chosen = numbers(name[5:] for name, what in typed.items()
                         if name.startswith("what-") and what in done)  # fmt: skip
        cases = GrantCase.objects.filter(project=project, pk__in=chosen)
        answers = []
        for case in cases.select_related("responsible", *GrantCase.related).order_by("pk"):
            what = typed[f"what-{case.pk}"]
            given = {"by": request.user, "key": typed.get(f"key-{case.pk}"),
                     "seen": case_seen(typed, case)}  # fmt: skip
            if what == "refuse":
                given["reason"] = typed.get(f"reason-{case.pk}", "")[:20_000]
            answers.append(
                answer(case.person.name, done[what], getattr(actions, what), case, **given)
            )
        return None, answers or [nothing_chosen()]

    def renew(self, request, project):
        chosen = numbers(request.POST.getlist("renew"))
        cases = GrantCase.objects.filter(project=project, pk__in=chosen).select_related("person")
        rows = {row.access.person_id: row for row in self.rows(project)}
        answers = [self.renewed(request, project, rows[case.person_id], case)
                   for case in cases.order_by("pk") if case.person_id in rows]  # fmt: skip
        return None, answers or [nothing_chosen()]

    def renewed(self, request, project, row, case):
        """The same association where it runs, else the person's one at the owner."""
        if row.access.case_id != case.pk:  # a newer grant stands beside the one that was shown
            event = ProcessEvent.objects.filter(
                case=row.access.case_id, verb__in=("grant", "renew")
            )
            return Answer(case.person.name, True, (again(event.latest("pk")),))
        association, why = selectors.to_renew(row.access, owner(project, clock.now()), clock.now())
        name = row.names.person(row.access)
        if association is None:
            return Answer(name, False, (why,))
        return answer(name, _("Access renewed"), actions.renew, project, by=request.user,
                      association=association)  # fmt: skip

    def rows(self, project):
        return list(register.rows(register.Question(scope=(("project", project.pk),))))

    def show(self, request, project, form=None, left=(), status=200):
        rows = self.rows(project)
        page = {
            "title": str(project), "url": f"/projects/{project.pk}/", "left": left,
            "rows": [register.shown(row) for row in rows],
            "requests": [asked(case, request.POST) for case in waiting(project)],
            "spent": [register.shown(row) for row in rows if not row.open and row.spent],
            "may_ask": roles.SECRETARY in self.held, "may_decide": roles.OFFICER in self.held,
        }  # fmt: skip
        form = form or AskForm(by=request.user, subject=project)
        return render(request, "projects/people.html", {"page": page, "form": form}, status=status)


def waiting(project):
    """Requests that nobody has answered yet, the oldest first."""
    rows = GrantCase.objects.filter(project=project, state="requested")
    return rows.select_related("responsible", *GrantCase.related).order_by("pk")


def case_seen(typed, case):
    """The revision that the page showed; without one the form is stale by definition."""
    seen = typed.get(f"seen-{case.pk}", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else 0


def asked(case, typed) -> dict:
    """One request as the form shows it, with what was typed before."""
    return {
        "pk": case.pk, "number": case.number, "url": f"/access-cases/grant/{case.number}/",
        "person": str(case.person.researcher), "on": day(case.asked_on), "seen": case.revision,
        "by": case.asked_by.name if case.asked_by_id else "", "key": uuid.uuid4(),
        "what": typed.get(f"what-{case.pk}", ""), "reason": typed.get(f"reason-{case.pk}", ""),
    }  # fmt: skip


def numbers(texts) -> list:
    """Those that are ids, at most as many as one form has."""
    return [int(text) for text in texts if text.isdecimal() and len(text) < 10][:AT_MOST]


def nothing_chosen() -> Answer:
    return Answer(_("Accesses"), False, (_("Nobody of this project was chosen."),))


def again(event) -> str:
    words = _("This was done already, by %(who)s on %(when)s.")
    return words % {"who": event.by.name, "when": when(event.at)}


def answer(about, done, action, record, **given) -> Answer:
    """Do it for one row and say in words what came of it."""
    try:
        action(record, **given)
    except AlreadyDone as done_already:
        return Answer(about, True, (again(done_already.event),))
    except NotYours as no:
        raise PermissionDenied(str(no)) from no
    except (Stale, Refused) as refused:
        return Answer(about, False, tuple(refused.refusals))
    return Answer(about, True, (f"{done}.",))
