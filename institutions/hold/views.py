"""The pages of a hold on an institution."""

from django.utils.translation import gettext_lazy as _

from fsesys.core.holding import pages

from .. import living
from ..records import InstitutionHold
from .documents import TITLES


class HoldPage(pages.HoldPage):
    process, fact, since = "institution_hold", InstitutionHold, _("Suspended since")

    def who(self, case):
        return _("Institution"), case.institution.name


urlpatterns = living.routes("institution_hold", page=HoldPage, titles=TITLES)
