"""What the page of a hold shows, whatever it is on."""

from django.utils.translation import gettext as _

from .. import clock, living
from ..wording import day
from . import selectors


class HoldPage(living.CasePage):
    """fact: the table of these holds. who: (label, name) of what is held. since: the label."""

    fact = None
    since = ""

    def who(self, case):
        raise NotImplementedError

    def sections(self, case):
        rows = selectors.rows(self.fact, case)
        pairs = [
            self.who(case), (_("Cause"), case.cause),
            (_("Precautionary"), _("yes") if case.precautionary else _("no")),
        ]  # fmt: skip
        if rows:
            hold = rows[-1]
            pairs.append((self.since, day(clock.day_of(rows[0].from_at))))
            if hold.to_at:
                pairs.append((_("Until"), day(clock.last_day(hold.to_at))))
            if case.condition:
                pairs.append((_("Until this has happened"), case.condition))
        told = [{"label": label, "value": value} for label, value in pairs]
        return [{"title": _("Hold"), "rows": told}]

    def alerts(self, case):
        told = super().alerts(case)
        if case.closed_at or selectors.read(self.fact, case, clock.now())["running"]:
            return told
        return [*told, _("The last day of this hold has passed: it is over.")]
