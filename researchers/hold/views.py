"""The pages of a hold on a person."""

from django.utils.translation import gettext_lazy as _

from fsesys.core.holding import pages

from .. import living
from ..records import PersonHold
from .documents import TITLES


class HoldPage(pages.HoldPage):
    process, fact, since = "person_hold", PersonHold, _("Stopped since")

    def who(self, case):
        return _("Person"), case.person.name


urlpatterns = living.routes("person_hold", page=HoldPage, titles=TITLES)
