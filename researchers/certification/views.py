"""Which facts a result shows."""

from django.utils.translation import gettext as _

from fsesys.core.casepage import day

from .. import living
from .documents import TITLES


class Page(living.CasePage):
    process = "certification"

    def sections(self, case):
        counted = case.correct is not None
        pairs = [
            (_("Person"), str(case.person.researcher)), (_("Taken on"), day(case.taken_on)),
            (_("Right answers"), _("%(correct)d of %(questions)d") % {
                "correct": case.correct, "questions": case.out_of} if counted else ""),
            (_("Version of the rules"), case.rules_version),
        ]  # fmt: skip
        rows = [{"label": label, "value": value} for label, value in pairs if value]
        return [{"title": _("Certification"), "rows": rows}]


urlpatterns = living.routes("certification", page=Page, titles=TITLES)
