"""The pages of a hold: which facts are shown."""

from django.utils.translation import gettext as _

from fsesys.core import casepage, clock
from fsesys.core.clock import last_day

from .. import living
from . import selectors
from .documents import TITLES


class HoldPage(living.CasePage):
    process = "institution_hold"

    def sections(self, case):
        hold = selectors.of(case)
        pairs = [
            (_("Institution"), case.institution.name), (_("Cause"), case.cause),
            (_("Precautionary"), _("yes") if case.precautionary else _("no")),
        ]  # fmt: skip
        if hold:
            pairs.append((_("Suspended since"), casepage.day(clock.day_of(hold.from_at))))
            if hold.to_at:
                pairs.append((_("Until"), casepage.day(last_day(hold.to_at))))
            if case.condition:
                pairs.append((_("Until this has happened"), case.condition))
        rows = [{"label": label, "value": value} for label, value in pairs]
        return [{"title": _("Hold"), "rows": rows}]

    def alerts(self, case):
        told = super().alerts(case)
        if case.closed_at or selectors.facts(case, clock.now()).running:
            return told
        return [*told, _("The last day of this hold has passed: it is over.")]


urlpatterns = living.routes("institution_hold", page=HoldPage, titles=TITLES)
