"""The generic pages of a case: the case itself and the page of one verb.

A process's views.py subclasses these and says which facts are shown. No decisions here: the
answers to a POST are those of design.md section 2, in that order.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import View

from . import casepage, clock, pending, processes, roles, rules
from .asking import preview
from .refusal import AlreadyDone, NeedsSecond, NotYours, Refused, Stale


class Reader(View):
    """Any page of the office: for people who hold a staff role today."""

    may_read = roles.STAFF

    def dispatch(self, request, *args, **kwargs):
        self.held = roles.held(request.user.person)
        if not self.held & self.may_read:
            raise PermissionDenied(_("Your roles do not include this page."))
        return super().dispatch(request, *args, **kwargs)


def not_yours(move):
    return PermissionDenied(_("Your roles do not include this: %(verb)s.") % {"verb": move.label})


def say_again(request, event):
    """The sentence for a form that was sent twice."""
    who = _("you") if event.by_id == request.user.person_id else event.by.name
    words = _("This was done already, by %(who)s on %(when)s.")
    messages.info(request, words % {"who": who, "when": rules.when(event.at)})


class OfCase(Reader):
    """Pages below one case; `load(number)` gives the case or None."""

    process = ""
    load = None
    home = ""

    def found(self, number):
        case = type(self).load(number)
        if case is None:
            raise Http404
        return case

    def url(self, case):
        return f"{self.home}{case.number}/"


class CasePage(OfCase):
    def get(self, request, number):
        case = self.found(number)
        return render(request, "cases/case.html", {"page": self.page(case, request.user)})

    def page(self, case, by):
        now, url = clock.now(), self.url(case)
        events, filed = case.story, casepage.filed(case)
        return {
            "header": casepage.header(case, now) | {"subject_url": self.subject_url(case)},
            "home": self.home, "url": url, "home_label": case.machine.label,
            "steps": [] if case.origin == "import" else casepage.steps(case, events), "sections": self.sections(case),
            "checklist": self.checklist(case), "questions": casepage.questions(case, url),
            "documents": casepage.documents(
                filed, {*self.superseded(case), *(row.replaces_id for row in filed)}
            ),
            "timeline": casepage.timeline(case, events, filed), "people": self.people(case),
            "pending": casepage.proposals(case, by), "choices": casepage.choices(case, by, url),
            "alerts": self.alerts(case),
            "clocks": casepage.clocks(case, events, now), "include_facts": self.facts_template,
            "diagram_url": f"{url}diagram.svg",
        }  # fmt: skip

    facts_template = None

    def subject_url(self, case):
        return ""

    def sections(self, case):
        return []

    def checklist(self, case):
        return []

    def superseded(self, case):
        return ()

    def people(self, case):
        return []

    def alerts(self, case):
        return []


class VerbPage(OfCase):
    """The page of one verb: what will happen, what is asked, one button."""

    template = "cases/verb.html"
    admin_home = None  # set by the admin's frame: where to go back to
    admin_context = None

    def url(self, case):
        return self.admin_home or super().url(case)

    def get(self, request, number, verb):
        case, move, refusals = self.blocked(request, number, verb)
        form = self.form(case, verb, request, query=request.GET.dict())
        return self.show(request, case, move, form, refusals, status=200)

    def post(self, request, number, verb):
        case, move = self.found(number), self.move(number, verb)
        form = self.form(case, verb, request, data=request.POST, files=request.FILES)
        if not form.is_valid():
            self.permitted(request, case, move)
            return self.show(request, case, move, form, (), status=422)
        try:
            self.act(case, verb, request.user, form)
        except AlreadyDone as done:
            return self.again(request, case, done)
        except NotYours as no:
            raise PermissionDenied(str(no)) from no
        except Stale as stale:
            return self.conflict(request, case, move, form, stale)
        except NeedsSecond:
            return self.propose(request, case, move, form)
        except Refused as refused:
            return self.show(request, case, move, form, refused.refusals, status=409)
        messages.success(request, _("Done: %(verb)s.") % {"verb": move.done or move.label})
        return HttpResponseRedirect(self.url(case), status=303)

    def act(self, case, verb, by, form):
        action = processes.get(self.process).actions[verb]
        typed = form.typed()
        return action(
            case, by=by, key=form.cleaned_data["key"], seen=form.cleaned_data["seen"], **typed
        )

    def move(self, number, verb):
        move = processes.get(self.process).machine.move(verb)
        if move is None or "" in move.sources or move.unlisted:
            raise Http404
        return move

    def permitted(self, request, case, move):
        if not set(move.roles_in.get(case.state, move.roles)) & self.held:
            raise not_yours(move)

    def blocked(self, request, number, verb):
        case, move = self.found(number), self.move(number, verb)
        self.permitted(request, case, move)
        found = (c for c in preview(case, request.user) if c.move.verb == verb)
        choice = next(found, None)
        if choice is None:
            raise not_yours(move)
        return case, move, choice.refusals

    def form(self, case, verb, request, **kwargs):
        known = processes.get(self.process).forms[verb]
        return known(case=case, by=request.user, **kwargs)

    def again(self, request, case, done):
        say_again(request, done.event)
        return HttpResponseRedirect(self.url(case), status=303)

    def propose(self, request, case, move, form):
        """The verb needs a second person: keep what was typed until one confirms."""
        try:
            pending.attempt(
                case, move.verb, by=request.user, key=form.cleaned_data["key"],
                seen=form.cleaned_data["seen"], data=request.POST, uploads=request.FILES,
            )  # fmt: skip
        except AlreadyDone as done:
            return self.again(request, case, done)
        except Refused as refused:
            return self.show(request, case, move, form, refused.refusals, status=409)
        messages.success(
            request, _("Proposed: %(verb)s. Another person must confirm it.") % {"verb": move.label}
        )
        return HttpResponseRedirect(self.url(case), status=303)

    def context(self, case, move, form, refusals):
        form.relist()
        return {
            "page": {
                "header": casepage.header(case, clock.now()), "home": self.home,
                "home_label": case.machine.label, "url": self.url(case), "verb": move.verb,
                "label": move.label, "effects": move.effects, "danger": move.danger,
                "letters": self.letters(case, move), "refusals": list(refusals),
                "include": self.extra(case, move),
                "before": "cases/correct.html" if move.verb == "correct" else None,
            },
            "form": form,
            **(self.admin_context or {}),
        }  # fmt: skip

    def letters(self, case, move):
        return []

    def extra(self, case, move):
        return None

    def show(self, request, case, move, form, refusals, status):
        context = self.context(case, move, form, refusals)
        return render(request, self.template, context, status=status)

    def conflict(self, request, case, move, form, stale):
        case = self.found(case.number)
        context = self.context(case, move, form, stale.refusals)
        context["page"]["added"] = casepage.timeline(case, stale.events, ())[:20]
        context["page"]["typed"] = [
            (field.label, field.value()) for field in form.visible_fields() if field.value()
        ]
        return render(request, "cases/conflict.html", context, status=409)
