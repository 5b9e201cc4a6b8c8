"""Which facts a limit of enterprise data shows."""

from django.utils.translation import gettext as _

from fsesys.core.casepage import rows

from .. import living
from .actions import TITLES


class Page(living.CasePage):
    process = "enterprise_right"

    def sections(self, case):
        first = case.story[0] if case.story else None
        return [{"title": _("Limit of enterprise data"), "rows": rows(
            (_("Reason"), first.reason if first else ""),
            (_("Accesses that closed"), str(len(first.facts.get("dependants", ()))) if first else ""),
        )}]  # fmt: skip


urlpatterns = living.routes("enterprise_right", page=Page, titles=TITLES)
