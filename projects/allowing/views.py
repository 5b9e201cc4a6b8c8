"""The pages of allowing an institution on a project."""

from django.utils.translation import gettext as _

from fsesys.core.casepage import rows
from fsesys.core.wording import day

from .. import living
from .actions import TITLES


class AllowingPage(living.CasePage):
    process = "allowed_institution"

    def sections(self, case):
        return [{"title": _("Institution on a project"), "rows": rows(
            (_("Project"), str(case.project)), (_("Institution"), str(case.member or "")),
            (_("Who said so"), case.said_by.name if case.said_by else ""),
            (_("Said on"), day(case.said_on)),
        )}]  # fmt: skip


urlpatterns = living.routes("allowed_institution", page=AllowingPage, titles=TITLES)
