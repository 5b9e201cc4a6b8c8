"""The pages of the exemption of a project."""

from django.utils.translation import gettext as _

from fsesys.core.casepage import rows

from .. import living
from .actions import TITLES


class ExemptionPage(living.CasePage):
    process = "exemption"

    def sections(self, case):
        return [{"title": _("Exemption of a project"), "rows": rows(
            (_("Project"), str(case.project)), (_("Owner"), str(case.institution or "")),
            (_("Reason"), case.story[0].reason if case.story else ""),
        )}]  # fmt: skip


urlpatterns = living.routes("exemption", page=ExemptionPage, titles=TITLES)
