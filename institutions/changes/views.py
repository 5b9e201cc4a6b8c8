"""Which facts a change shows: old beside new."""

from django.utils.translation import gettext as _

from fsesys.core.casepage import day, rows
from fsesys.core.cases import ProcessEvent

from .. import living
from .comparing import Comparison
from .documents import LABELS, TITLES, words


class Page(living.CasePage):
    process = "change_of_facts"

    def sections(self, case):
        changed = [
            {"label": LABELS[name], "value": words(name, new),
             "help": _("before: %(old)s") % {"old": words(name, old) or "–"}}
            for name, (old, new) in case.changes.items()
        ]  # fmt: skip
        answer = {"yes": _("yes"), "no": _("no")}.get(case.supplement, "")
        return [
            {"title": _("What changes"), "rows": changed},
            {"title": _("From when"), "rows": rows(
                (_("Holds from"), day(case.from_on)),
                (_("Supplementary agreement needed"), answer),
                (_("Why no supplementary agreement"), case.supplement_reason),
            )},
        ]  # fmt: skip


class Change(living.Opening):
    """Sent once it compares; sent again with the same change it is done."""

    before = "institutions/compared.html"

    def post(self, request, pk, verb):
        record, move = self.found(pk, verb)
        self.why(record, move, request.user)
        form = self.form(record, move, request, data=request.POST, files=request.FILES)
        if form.is_valid():
            change = Comparison(record, form)
            done = ProcessEvent.objects.filter(key=form.cleaned_data["key"]).exists()
            if not done and form.cleaned_data["compared"] != change.digest:
                shown, wrong = change.form(request.user), change.refusals
                return self.show(request, record, move, shown, wrong, 409 if wrong else 200)
        return super().post(request, pk, verb)

    def show(self, request, record, move, form, refusals, status):
        if form.is_bound and form.is_valid():  # refused: what was compared stays beside it
            Comparison(record, form).beside(form)
        return super().show(request, record, move, form, refusals, status)

    def letters(self, record, move):
        return []  # whether there is one is asked on the page


urlpatterns = living.routes("change_of_facts", opening=Change, page=Page, titles=TITLES)
