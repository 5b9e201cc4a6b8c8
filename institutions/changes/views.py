"""Which facts a change shows: old beside new."""

from django.utils.translation import gettext as _

from fsesys.core.casepage import day

from .. import living
from ..authorisation.views import rows
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


urlpatterns = living.routes("change_of_facts", page=Page, titles=TITLES)
