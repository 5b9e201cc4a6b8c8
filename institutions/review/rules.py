"""When a review is refused: functions of (facts, typed), no queries."""

from django.utils.translation import gettext as _

CHECKED = ("responsible", "substitutes", "mail_domains", "address")


def authorised(facts, typed):
    if not facts.authorised:
        yield _("The institution is not authorised today.")


def all_checked(facts, typed):
    """Each point is right, or a note says what was done about it."""
    if typed is None or set(CHECKED) <= set(typed["checked"]):
        return
    if not typed["note"].strip():
        yield _("Tick every point, or write what was found and what is done about it.")
