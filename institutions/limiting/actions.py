"""What happens when a right to enterprise data is limited: one function per verb."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fsesys.core import dependants
from fsesys.core.door import begin

from .. import living, rights
from .models import LimitCase

TITLES = {
    "right_limited": _("Your right to enterprise data is limited"),
    "right_ended": _("Your right to enterprise data has ended"),
}


@transaction.atomic
def limit_to_exemption(institution, *, by, reason, **typed):
    """The chief statistician limited enterprise data to projects that are exempted one by one."""
    return _limit(institution, "limit_to_exemption", "exemption", "right_limited", by, reason,
                  **typed)  # fmt: skip


@transaction.atomic
def end_right(institution, *, by, reason, **typed):
    """The chief statistician ended the institution's right to enterprise data."""
    return _limit(institution, "end_right", "none", "right_ended", by, reason, **typed)


def _limit(institution, verb, right, template, by, reason, *, listed=(), confirmed=False,
           paragraph="", **door):  # fmt: skip
    event = begin(
        LimitCase, by=by, verb=verb, reason=reason, typed={"listed": listed, "confirmed": confirmed},
        responsible=living.caretaker(institution), facts={"dependants": sorted(listed)},
        **living.columns(institution), **door,
    )  # fmt: skip
    rights.put(event, right, reason)
    dependants.end(event.facts["dependants"], event, event.at)
    living.write(
        event,
        template,
        TITLES[template],
        {"reasons": reason, "institution": institution.name},
        paragraph,
    )
    return event
