"""The pages of the early end of a project."""

from django.utils.translation import gettext as _

from fsesys.core.casepage import rows
from fsesys.core.wording import day

from .. import living
from .actions import TITLES


class EndingPage(living.CasePage):
    process = "project_end"

    def sections(self, case):
        ended = next((e for e in reversed(case.story) if "dependants" in e.facts), None)
        count = len(ended.facts["dependants"]) if ended else ""
        return [{"title": _("Early end of a project"), "rows": rows(
            (_("Project"), str(case.project)),
            (_("Who said so"), case.said_by.name if case.said_by else ""),
            (_("Said on"), day(case.said_on)), (_("Why it is asked"), case.story[0].reason),
            (_("Things that ended or got a task"), str(count)),
        )}]  # fmt: skip


urlpatterns = living.routes("project_end", page=EndingPage, titles=TITLES)
