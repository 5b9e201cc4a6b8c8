"""The access register as a page: a choice, a day, and who has access with every reason."""

from itertools import islice

from django import forms
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core import clock, listexport
from fsesys.core import forms as core
from fsesys.core.views import Reader
from institutions.records import Institution
from projects import register
from projects.records import Project, Register
from researchers.records import Researcher

A_PAGE = 100
WRITERS = {"csv": listexport.csv_of, "xlsx": listexport.xlsx_of}
COMPLETE = "X-Register-Complete-From"  # a line more in a CSV would be taken for an access


class Chosen(forms.CharField):
    """A record by the number or name that people know it by."""

    def __init__(self, model, column, none, **kwargs):
        self.model, self.column, self.none = model, column, none
        super().__init__(required=False, max_length=60, **kwargs)

    def clean(self, value):
        words = super().clean(value)
        if not words:
            return None
        whole = self.column in ("number", "authorisation_number")
        if whole and not (words.isascii() and words.isdecimal() and len(words) < 10):
            raise forms.ValidationError(self.none % {"words": words})
        row = self.model.objects.filter(**{self.column: words if whole else words.upper()}).first()
        if row is None:
            raise forms.ValidationError(self.none % {"words": words})
        return row


class QuestionForm(forms.Form):
    """What is asked: about whom or what, which day, as known when."""

    project = Chosen(
        Project,
        "number",
        gettext_lazy("There is no project number “%(words)s”."),
        label=gettext_lazy("Project number"),
    )
    person = Chosen(
        Researcher,
        "ident",
        gettext_lazy("There is no ident “%(words)s”."),
        label=gettext_lazy("Ident of the person"),
    )
    institution = Chosen(
        Institution, "authorisation_number",
        gettext_lazy("There is no authorisation number “%(words)s”."),
        label=gettext_lazy("Authorisation number of the institution"),
    )  # fmt: skip
    register = Chosen(
        Register,
        "name",
        gettext_lazy("There is no register “%(words)s”."),
        label=gettext_lazy("Register"),
    )
    on = core.DayField(
        label=gettext_lazy("On the day"), required=False, help_text=gettext_lazy("Empty: now")
    )
    known = core.DayField(
        label=gettext_lazy("As known on"),
        required=False,
        help_text=gettext_lazy("Empty: as we know it now"),
    )
    closed = forms.BooleanField(label=gettext_lazy("Closed accesses too, with why not"),
                                required=False)  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if self.data.get("closed", "on") not in ("on", "1", "true"):
            self.add_error("closed", _("Tick it or leave it out."))
        for name in ("on", "known"):
            if told := register.ahead(cleaned.get(name)):
                self.add_error(name, told)
        return cleaned

    @property
    def question(self):
        """What was asked, for the rule."""
        typed, scope = self.cleaned_data, []
        for name in ("project", "person", "institution", "register"):
            if typed[name]:
                scope.append((name, typed[name].person_id if name == "person" else typed[name].pk))
        return register.Question(typed["on"], typed["known"], tuple(scope))


def strange(asked) -> list:
    """Sentences for what the address asks and nobody answers: more rows would be a wrong answer."""
    names, number = {*QuestionForm.base_fields, "page", "export"}, asked.get("page", "1")
    told = [_("The address asks for “%(name)s”, which the register does not know.") % {"name": name[:40]}
            for name in asked if name not in names]  # fmt: skip
    told += [_("The address asks for “%(name)s” twice.") % {"name": name}
             for name in names if len(asked.getlist(name)) > 1]  # fmt: skip
    if asked.get("export", "csv") not in WRITERS:
        told.append(_("The register is exported as CSV or XLSX."))
    if not (number.isascii() and number.isdecimal() and len(number) < 6 and int(number)):
        told.append(_("There is no such page."))
    return told


class AccessRegister(Reader):
    """GET with nothing asked shows the form; ?export=csv or xlsx hands out the same rows."""

    def get(self, request):
        form = QuestionForm(request.GET or None)
        asked = form.is_bound and form.is_valid()
        problems = strange(request.GET)
        if problems:
            context = {"form": form, "refusals": problems}
            return render(request, "desk/access.html", context, status=400)
        export = request.GET.get("export", "")
        if asked and export:
            return self.export(form, export)
        page = self.answer(request, form) if asked else {}
        status = 422 if form.is_bound and not asked else 200
        return render(request, "desk/access.html", {"form": form, "page": page}, status=status)

    def answer(self, request, form):
        number = int(request.GET.get("page", "1"))
        first = (number - 1) * A_PAGE
        question = form.question
        found = register.rows(question, closed=form.cleaned_data["closed"])
        rows = list(islice(found, first, first + A_PAGE + 1))
        query = request.GET.copy()
        query.pop("page", None)
        return {
            "rows": [register.shown(row) for row in rows[:A_PAGE]], "number": number, "first": first + 1,
            "last": first + min(len(rows), A_PAGE), "more": len(rows) > A_PAGE,
            "query": query.urlencode(), "incomplete": register.incomplete(question),
        }  # fmt: skip

    def export(self, form, kind):
        language, question = translation.get_language(), form.question
        note = {"note": register.incomplete(question)} if kind == "xlsx" else {}

        def cells():
            with clock.request_time():
                found = register.rows(question, closed=form.cleaned_data["closed"])
                yield from listexport.spoken(found, language, lambda row: list(row.cells.values()))

        answer = WRITERS[kind]("access-register", register.COLUMNS.values(), cells(), **note)
        if first := register.complete_from(question):
            answer[COMPLETE] = first.isoformat()
        return answer
