"""Which facts a succession shows."""

from django.utils.translation import gettext as _

from fsesys.core.casepage import rows

from .. import living


class Page(living.CasePage):
    process = "succession"

    def sections(self, case):
        return [{"title": _("Succession"), "rows": rows(
            (_("Institution"), case.institution.name), (_("Succeeded by"), case.successor.name),
        )}]  # fmt: skip


urlpatterns = living.routes("succession", page=Page)
