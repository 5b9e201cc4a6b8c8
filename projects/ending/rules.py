"""When a project is not ended: functions of (facts, typed), no queries."""

from django.utils.translation import gettext as _

from institutions.termination.rules import hanging_confirmed as confirmed


def runs(facts, typed):
    if not facts.runs:
        yield _("The project does not run and is not to begin: there is nothing to end.")


def hanging_confirmed(facts, typed):
    """What breaks is listed and confirmed in words, as where an authorisation ends."""
    yield from confirmed(facts, typed)
