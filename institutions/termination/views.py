"""The pages of an ended authorisation: the opening that lists what hangs on it, and the case."""

from django.utils.translation import gettext as _

from fsesys.core import casepage, clock

from .. import living
from .documents import TITLES


class TerminationOpening(living.Opening):
    process = "termination"

    def show(self, request, record, move, form, refusals, status):
        form.relist()
        return super().show(request, record, move, form, refusals, status)


class TerminationPage(living.CasePage):
    process = "termination"

    def sections(self, case):
        ended = casepage.day(case.ends_on or clock.day_of(case.opened_at))
        event = case.story[0]
        count = len(event.facts.get("dependants", ()))
        pairs = (
            (_("Institution"), case.institution.name),
            (_("Authorisation number"), case.institution.authorisation_number),
            (_("Last day of the authorisation"), ended),
            (_("Who asked for it"), case.wished_by.name if case.wished_by else ""),
            (_("Letter received on"), casepage.day(case.received_on)),
            (_("Things that ended or got a task"), str(count)),
        )
        rows = [{"label": label, "value": value} for label, value in pairs if value]
        return [{"title": _("End of authorisation"), "rows": rows}]


urlpatterns = living.routes("termination", TerminationOpening, TerminationPage, titles=TITLES)
