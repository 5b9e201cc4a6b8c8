"""A letter as it will be frozen, shown before the verb is done. Nothing is kept or numbered.

A GET shows the letter without what nobody has typed yet; the form of the verb, posted here by its
preview button, shows it with the typed text.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from fsesys.core import clock, parameters, questioning, roles, views, workdays
from fsesys.core.forms import UploadField
from fsesys.core.letters.compose import compose
from fsesys.core.office import block
from fsesys.core.questions import Question

from . import documents, receipt, registering
from .forms import FORMS
from .machine import MACHINE
from .views import PREVIEWED, Pages

POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


def agreement(case, typed):
    version = case.agreement_versions.order_by("version").last()
    if version and case.state in ("agreement_drafted", "submitted"):
        return version.terms
    chief = roles.holders(roles.CHIEF).first()
    number = case.agreement_versions.count() + 1
    return documents.agreement(case, number, chief.name if chief else "")


def cover(case, typed):
    """The date is that of the state to which sending leads."""
    days = parameters.parameters()[MACHINE.target_days["sent"]]
    due_on = documents.day(workdays.after(clock.today(), days))
    return documents.cover(case) | {"due_on": due_on}


def lapse(case, typed):
    return documents.lapse(documents.why_lapsed(case), clock.today())


def today(case, typed):
    return {"date": documents.day(clock.today())}


def questions(case, typed):
    first = case.questions.count() + 1
    return documents.questions([
        Question(number=first + n, about=about, text=text, due_on=typed["due_on"])
        for n, (about, text) in enumerate(typed["questions"])
    ])  # fmt: skip


def rejection(case, typed):
    return {"reasons": typed["reason"]}


def reminder(case, typed):
    return documents.reminder(case, list(questioning.still_open(case)))


def welcome(case, typed):
    day, institution = clock.today(), case.institution
    people = [("responsible", case.head.name)]
    for role, field in registering.NAMED.items():
        people += [(role, person["name"]) for person in typed[field]]
    number = institution.authorisation_number or _("PREVIEW")
    return documents.welcome(case, number, day, registering.review_day(day), people)


CONTEXTS = {
    "agreement": agreement, "cover": cover, "lapse": lapse, "withdrawal": today,
    "reopening": today, "questions": questions, "rejection": rejection, "reminder": reminder,
    "countersign_reminder": reminder, "welcome": welcome,
}  # fmt: skip


def shown(template, case, facts, language, paragraph=""):
    """The letter as a page that can do nothing; `facts` is called in the letter's language."""
    with translation.override(language):
        frozen = facts() | {
            "office": block(language), "case": {"number": case.number},
            "document": {"number": _("PREVIEW"), "title": str(documents.TITLES[template]),
                         "date": documents.day(clock.today())},
            "recipient": documents.recipient(case), "language": language,
            "paragraph": paragraph, "contact": {"name": case.responsible.name},
        }  # fmt: skip
        response = HttpResponse(compose(template, frozen, language))
    response["Content-Security-Policy"] = POLICY
    return response


def faults(request, form):
    """What is wrong with the typed text, or None; a file need not be chosen for a preview."""
    wrong = [(field, errors) for field, errors in form.errors.items()
             if field not in form.fields or not isinstance(form.fields[field], UploadField)]  # fmt: skip
    if not wrong:
        return None
    said = [
        f"{form.fields[field].label}: {error}" if field in form.fields else error
        for field, errors in wrong
        for error in errors
    ]
    return render(request, "cases/no_preview.html", {"faults": said}, status=422)


class LetterPreview(Pages, views.OfCase):
    def get(self, request, number, template):
        case = self.found(number)
        if template not in PREVIEWED:
            raise Http404
        language = request.GET.get("language", case.language)
        language = language if language in ("da", "en") else case.language
        return shown(template, case, lambda: CONTEXTS[template](case, {}), language)

    def post(self, request, number, template):
        case = self.found(number)
        moves = [m for m in MACHINE.moves if template in m.letters and "" not in m.sources]
        if template not in CONTEXTS or template == "agreement" or not moves:
            raise Http404
        if not any(set(move.roles) & self.held for move in moves):
            raise views.not_yours(moves[0])
        form = FORMS[moves[0].verb](case=case, by=request.user, data=request.POST)
        if refused := faults(request, form):
            return refused
        typed = form.typed()
        if template == "reminder":
            template = documents.reminder_of(case)
        return shown(template, case, lambda: CONTEXTS[template](case, typed),
                     case.language, typed.get("paragraph", ""))  # fmt: skip


class ReceiptPreview(Pages, views.Reader):
    """The receipt of an application that is being registered: there is no case yet."""

    may_read = frozenset({roles.SECRETARY})

    def post(self, request):
        form = receipt.bound(request)
        if refused := faults(request, form):
            return refused
        typed = form.cleaned_data
        case = receipt.unborn(typed)
        days = parameters.parameters()["target_evaluation"]
        return shown("receipt", case, lambda: documents.receipt(case, days), typed["language"],
                     typed["paragraph"])  # fmt: skip
