"""What happens to a record that lives on: the openings and cases of its small processes.

A record (institution, researcher, project) says once in a `Kind` where its page is and to whom its
letters go; a process says `opens_on` that kind and gets routes, pages and buttons from here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.generic import RedirectView

from . import (
    casefile,
    casepage,
    clock,
    correcting,
    everyday,
    forms,
    processes,
    undoing,
    views,
    written,
)
from .asking import open_cases, openings
from .cases import Case
from .correctform import CorrectForm
from .diagram import draw
from .openings import OpeningPage

ACTIONS = {
    "file_document": everyday.file_document,
    "note": everyday.note,
    "assign": everyday.assign,
    "case_file": casefile.case_file,
    "undo": undoing.undo,
    "correct": correcting.correct,
}
FORMS = {"file_document": forms.DocumentForm, "note": forms.NoteForm, "assign": forms.AssignForm,
         "case_file": forms.CaseFileForm, "undo": forms.OptionalReasonForm,
         "correct": CorrectForm}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """One kind of record. `found(pk)` gives it or None; `letters(record, move, titles)` the rows
    that tell to whom the letters of a verb go; `alerts(case)` sentences on top of its open cases.
    """

    slug: str
    base: str  # "/institutions/"
    cases: str  # "/institution-cases/"
    found: Callable
    record: Callable  # (case) -> the record
    letters: Callable = lambda record, move, titles: []
    alerts: Callable = lambda case: []

    def home(self, process: str) -> str:
        return f"{self.cases}{process}/"

    def url(self, case) -> str:
        """The page of the case's record."""
        return f"{self.base}{self.record(case).pk}/"


KINDS: dict[str, Kind] = {}  # process -> the kind of record that it is about


def buttons(kind, record, by) -> list:
    """The first verbs of every small process that this account may do, blocked ones with why."""
    known = open_cases(record.subject_key)
    return [
        {
            "verb": choice.move.verb, "label": choice.move.label,
            "url": f"{kind.base}{record.pk}/{process.slug}/{choice.move.verb}/",
            "allowed": choice.allowed, "refusals": choice.refusals, "primary": False,
            "danger": choice.move.danger,
        }
        for process in processes.everything() if process.opens_on == kind.slug
        for choice in openings(process.slug, by, known=known, **process.columns(record))
        if not choice.move.unlisted
    ]  # fmt: skip


def cases(record) -> list:
    """The latest fifty cases of any process about this record, newest first."""
    return [_row(case) for case in written.records(_latest, key=record.subject_key)]


def _latest(key):
    return _shown(Case.objects.filter(subject_key=key))


def listed(rows) -> list:
    """The latest fifty of these cases as a record's page shows them."""
    return [_row(case) for case in _shown(rows)]


def _shown(rows):
    rows = rows.select_related("responsible").order_by("-opened_at")
    return rows.only("number", "process", "state", "opened_at", "responsible__name")[:50]


def _row(case):
    process = processes.get(case.process)
    state = process.machine.state(case.state)
    return {"number": case.number, "url": f"{process.url}{case.number}/",
            "kind": process.machine.label_one, "state": state.label, "tone": state.kind,
            "opened": casepage.day(clock.day_of(case.opened_at)),
            "responsible": case.responsible.name}  # fmt: skip


class Opening(OpeningPage):
    """The first verb of a small process, on the record. `titles`: letter -> its title."""

    kind = None
    titles = {}

    def found(self, pk, verb):
        record, move = super().found(pk, verb)
        if move.unlisted:
            raise Http404
        return record, move

    def record(self, pk):
        return self.kind.found(pk)

    def url(self, record):
        return f"{self.kind.base}{record.pk}/"

    def columns(self, record):
        return processes.get(self.process).columns(record)

    def letters(self, record, move):
        return self.kind.letters(record, move, self.titles)


class Pages:
    """Where a small process's pages are and how they find their case."""

    process = ""
    titles = {}

    @property
    def kind(self):
        """Asked of the process, so that a page stands alone too: in the admin, in a case file."""
        return KINDS[self.process]

    @property
    def home(self):
        return self.kind.home(self.process)

    def found(self, number):
        model = processes.get(self.process).model
        rows = model.objects.select_related("responsible", *model.related)
        return get_object_or_404(rows, number=number)

    def crumb(self, case):
        """The way back: its cases are found on the record's own page."""
        return {"home": self.kind.url(case), "home_label": case.subject_label}


class CasePage(Pages, views.CasePage):
    def subject_url(self, case):
        return self.kind.url(case)

    def alerts(self, case):
        return self.kind.alerts(case)

    def page(self, case, by):
        return super().page(case, by) | self.crumb(case)


class VerbPage(Pages, views.VerbPage):
    def context(self, case, move, form, refusals):
        context = super().context(case, move, form, refusals)
        context["page"] |= self.crumb(case)
        return context

    def letters(self, case, move):
        return self.kind.letters(self.kind.record(case), move, self.titles)


class Diagram(Pages, views.OfCase):
    def get(self, request, number):
        case = self.found(number)
        return HttpResponse(draw(case.machine, case.state), content_type="image/svg+xml")


def routes(kind, slug, opening=Opening, page=CasePage, verb=VerbPage, **shown) -> list:
    """The addresses of one small process. shown: `titles`, for the pages that name letters."""
    base, name = kind.home(slug)[1:], slug.replace("_", "-")
    known = {"process": slug}
    return [
        path(f"{kind.base[1:]}<int:pk>/{slug}/<slug:verb>/",
             opening.as_view(kind=kind, **known, **shown), name=f"{name}-open"),
        path(base, RedirectView.as_view(url=kind.base), name=f"{name}-home"),
        path(f"{base}<str:number>/", page.as_view(**known), name=name),
        path(f"{base}<str:number>/diagram.svg", Diagram.as_view(**known), name=f"{name}-diagram"),
        path(f"{base}<str:number>/<slug:verb>/", verb.as_view(**known, **shown),
             name=f"{name}-verb"),
    ]  # fmt: skip


def verbs(machine, actions) -> dict:
    """The functions of a process's actions module that are named as its verbs."""
    found = {move.verb: getattr(actions, move.verb.replace("return", "return_"), None)
             for move in machine.moves}  # fmt: skip
    return {verb: action for verb, action in found.items() if action}


def register(kind, machine, model, actions, **known):
    """Make a small process known. actions: its own verbs; those every case has are added."""
    KINDS[machine.process] = kind
    processes.register(
        processes.Process(
            slug=machine.process, machine=machine, model=model, actions=ACTIONS | actions,
            url=kind.home(machine.process), opens_on=kind.slug, **known,
        )
    )  # fmt: skip
