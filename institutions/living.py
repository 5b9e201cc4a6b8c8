"""What happens to an institution on record: the openings and cases of its small processes.

A process says `opens_on="institution"` and stands here with its buttons, its cases, its routes,
its pages and the address of its letters. What each process means stands in its own package.
"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.generic import RedirectView

from fsesys.core import (
    casefile,
    casepage,
    clock,
    everyday,
    issuing,
    processes,
    roles,
    undoing,
    views,
)
from fsesys.core import forms as core
from fsesys.core.asking import open_cases, openings
from fsesys.core.cases import Case
from fsesys.core.diagram import draw
from fsesys.core.documents import LANGUAGES
from fsesys.core.openings import OpeningPage
from fsesys.core.refusal import Refused

from . import selectors
from .authorisation.forms import AssignForm
from .changes.selectors import as_of
from .records import Institution, RoleHolding
from .selectors import head_of

ON = "institution"
ACTIONS = {
    "file_document": everyday.file_document,
    "note": everyday.note,
    "assign": everyday.assign,
    "case_file": casefile.case_file,
    "undo": undoing.undo,
}
FORMS = {"file_document": core.DocumentForm, "note": core.NoteForm, "assign": AssignForm,
         "case_file": core.CaseFileForm, "undo": core.OptionalReasonForm}  # fmt: skip


def columns(institution) -> dict:
    """What a case of a small process has before anything is typed."""
    return {"subject_key": institution.subject_key, "subject_label": institution.name,
            "institution": institution}  # fmt: skip


def home(slug: str) -> str:
    return f"/institution-cases/{slug}/"


def subject(case):
    """The record that every verb of a small process locks."""
    return Institution.objects.filter(pk=case.institution_id)


def interests(case, at) -> frozenset:
    """Ids of the people who hold a role at the institution; asked once per request and instant."""
    pk = case.institution_id
    held = RoleHolding.objects.at(at).filter(institution=pk)
    return clock.kept(
        ("interests", pk, at), lambda: frozenset(held.values_list("person_id", flat=True))
    )


def caretaker(institution, at=None):
    """The FSE responsible who gets a new case: who had the last one, else the first of them."""
    last = Case.objects.filter(subject_key=institution.subject_key).order_by("-pk")
    holders = roles.holders(roles.RESPONSIBLE, at)
    known = holders.filter(pk__in=last.values("responsible")[:1]).first() or holders.first()
    if known is None:
        raise Refused([_("Nobody is FSE responsible today. Give the role to somebody first.")])
    return known


def write(event, template, title, context, paragraph="", head=None):
    """Issue the letter in the institution's language and mail it to its responsible person.

    head: the person, where the verb itself ended or gave that role; else who holds it.
    """
    institution = as_of(event.case.institution, event.at)
    head, language = head or head_of(institution, event.at), institution.language
    with translation.override(language):
        to = {"name": institution.name, "attention": head.name if head else "",
              "lines": institution.address.splitlines()}  # fmt: skip
    return issuing.issue(
        event, template, title, context=context, language=language, recipient=to,
        mail=head.mail if head else "", channel="mail" if head else "post", paragraph=paragraph,
    )  # fmt: skip


def buttons(institution, by) -> list:
    """The first verbs of every small process that this account may do, blocked ones with why."""
    known = open_cases(institution.subject_key)
    return [
        {
            "verb": choice.move.verb, "label": choice.move.label,
            "url": f"/institutions/{institution.pk}/{process.slug}/{choice.move.verb}/",
            "allowed": choice.allowed, "refusals": choice.refusals, "primary": False,
            "danger": choice.move.danger,
        }
        for process in processes.everything() if process.opens_on == ON
        for choice in openings(process.slug, by, known=known, **process.columns(institution))
    ]  # fmt: skip


def cases(institution) -> list:
    """The latest fifty cases of any process about this institution, newest first."""
    rows = Case.objects.filter(subject_key=institution.subject_key)
    return [_row(case) for case in rows.select_related("responsible").order_by("-opened_at")[:50]]


def _row(case):
    process = processes.get(case.process)
    state = process.machine.state(case.state)
    return {"number": case.number, "url": f"{process.url}{case.number}/",
            "kind": process.machine.label_one, "state": state.label, "tone": state.kind,
            "opened": casepage.day(clock.day_of(case.opened_at)),
            "responsible": case.responsible.name}  # fmt: skip


class Opening(OpeningPage):
    """The first verb of a small process, on the institution. `titles`: letter -> its title."""

    titles = {}

    def record(self, pk):
        return Institution.objects.select_related("parent").filter(pk=pk).first()

    def url(self, record):
        return f"/institutions/{record.pk}/"

    def columns(self, record):
        return processes.get(self.process).columns(record)

    def letters(self, record, move):
        return letters(record, move, self.titles)


class Pages:
    """Where a small process's pages are and how they find their case."""

    process = ""
    titles = {}

    @property
    def home(self):
        return home(self.process)

    def found(self, number):
        model = processes.get(self.process).model
        rows = model.objects.select_related("responsible", *model.related)
        return get_object_or_404(rows, number=number)

    def crumb(self, case):
        """The way back: its cases are found on the institution's own page."""
        return {"home": f"/institutions/{case.institution_id}/", "home_label": case.subject_label}


def gap_alert(case) -> list:
    """On an open case: that its institution has no responsible person."""
    sentence = "" if case.closed_at else selectors.gap(case.institution_id, clock.now())
    return [f"{sentence}."] if sentence else []


class CasePage(Pages, views.CasePage):
    def subject_url(self, case):
        return f"/institutions/{case.institution_id}/"

    def alerts(self, case):
        return gap_alert(case)

    def page(self, case, by):
        return super().page(case, by) | self.crumb(case)


class VerbPage(Pages, views.VerbPage):
    def context(self, case, move, form, refusals):
        context = super().context(case, move, form, refusals)
        context["page"] |= self.crumb(case)
        return context

    def letters(self, case, move):
        return letters(case.institution, move, self.titles)


class Diagram(Pages, views.OfCase):
    def get(self, request, number):
        case = self.found(number)
        return HttpResponse(draw(case.machine, case.state), content_type="image/svg+xml")


def letters(institution, move, titles):
    """To whom the letters of a verb go, for the page that asks for it."""
    head = head_of(institution, clock.now())
    to = f"{head.name}, {head.mail}" if head else institution.name
    return [{"title": titles[name], "to": to, "channel": dict(LANGUAGES)[institution.language]}
            for name in move.letters]  # fmt: skip


def routes(slug, opening=Opening, page=CasePage, verb=VerbPage, **shown) -> list:
    """The addresses of one small process. shown: `titles`, for the pages that name letters."""
    base, name = home(slug)[1:], slug.replace("_", "-")
    return [
        path(f"institutions/<int:pk>/{slug}/<slug:verb>/",
             opening.as_view(process=slug, **shown), name=f"{name}-open"),
        path(base, RedirectView.as_view(url="/institutions/"), name=f"{name}-home"),
        path(f"{base}<str:number>/", page.as_view(process=slug), name=name),
        path(f"{base}<str:number>/diagram.svg", Diagram.as_view(process=slug),
             name=f"{name}-diagram"),
        path(f"{base}<str:number>/<slug:verb>/", verb.as_view(process=slug, **shown),
             name=f"{name}-verb"),
    ]  # fmt: skip
