"""The pages of a hold on a project."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsesys.core.holding import pages

from .. import living
from ..records import ProjectHold
from .titles import TITLES


class HoldPage(pages.HoldPage):
    process, fact, since = "project_hold", ProjectHold, gettext_lazy("On hold since")

    def who(self, case):
        return _("Project"), str(case.project)


urlpatterns = living.routes("project_hold", page=HoldPage, titles=TITLES)
