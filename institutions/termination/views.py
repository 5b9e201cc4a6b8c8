"""Which facts an ended authorisation shows."""

from django.utils.translation import gettext as _

from fsesys.core import casepage, clock

from .. import living
from .documents import TITLES


class TerminationPage(living.CasePage):
    process = "termination"

    def sections(self, case):
        ended = casepage.day(case.ends_on or clock.day_of(case.opened_at))
        event = case.story[0]
        count = len(event.facts.get("dependants", ()))
        return [{"title": _("End of authorisation"), "rows": casepage.rows(
            (_("Institution"), case.institution.name),
            (_("Authorisation number"), case.institution.authorisation_number),
            (_("Last day of the authorisation"), ended),
            (_("Who asked for it"), case.wished_by.name if case.wished_by else ""),
            (_("Letter received on"), casepage.day(case.received_on)),
            (_("Things that ended or got a task"), str(count)),
        )}]  # fmt: skip


urlpatterns = living.routes("termination", page=TerminationPage, titles=TITLES)
