"""Which facts an extension shows."""

from django.utils.translation import gettext as _

from fsesys.core.casepage import day

from .. import kinds, living
from ..authorisation.documents import TITLES
from ..authorisation.views import AuthorisationPage, agreement, rows


class Page(living.CasePage):
    process = "extension"
    checklist = AuthorisationPage.checklist
    superseded = AuthorisationPage.superseded

    def sections(self, case):
        right = case.get_enterprise_right_display() if case.enterprise_right else ""
        return [
            {"title": _("Application"), "rows": rows(
                (_("Received on"), day(case.received_on)),
                (_("Further schemes"), ", ".join(str(kinds.SCHEMES[s]) for s in case.schemes)),
                (_("Enterprise data"), right), (_("Purpose"), case.purpose),
            )},
            {"title": _("Recommendation"), "rows": rows(
                (_("Recommendation"), case.recommendation),
                (_("Reservations"), case.reservations), (_("Agreement"), agreement(case)),
            )},
        ]  # fmt: skip


class Verb(living.VerbPage):
    process = "extension"
    titles = TITLES


urlpatterns = living.routes("extension", page=Page, verb=Verb, titles=TITLES)
