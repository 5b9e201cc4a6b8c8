"""The pages of linking two records."""

from django.utils.translation import gettext as _

from fsesys.core.casepage import rows

from .. import living
from . import selectors


class Page(living.CasePage):
    process = "same_person"

    def sections(self, case):
        return [{"title": _("The records"), "rows": rows(
            (_("The record that is closed"), selectors.told(case.person)),
            (_("The record that stays"), selectors.told(case.stays)),
        )}]  # fmt: skip


urlpatterns = living.routes("same_person", page=Page)
