"""Which facts a yearly review shows."""

from django.utils.translation import gettext as _

from fsesys.core.casepage import day, rows

from .. import living
from .documents import TITLES
from .forms import POINTS


class Page(living.CasePage):
    process = "review"

    def sections(self, case):
        found = ", ".join(str(label) for slug, label in POINTS if slug in case.checked)
        return [{"title": _("Yearly review"), "rows": rows(
            (_("Review due on"), day(case.review_on)), (_("Found right"), found),
        )}]  # fmt: skip


urlpatterns = living.routes("review", page=Page, titles=TITLES)
