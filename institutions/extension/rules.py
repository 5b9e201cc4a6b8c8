"""What is refused in an extension beside the rules of process 1: functions of (facts, typed)."""

from django.utils.translation import gettext as _


def authorised(facts, typed):
    if not facts.in_force_since:
        yield _("The institution is not authorised today.")


def has_responsible(facts, typed):
    """A gap blocks new approvals (issue 3, section 2)."""
    if not facts.responsible_today:
        yield _("The institution has no responsible person. Register the new one first.")


def something_new(facts, typed):
    if typed is None:
        return
    if not set(typed["schemes"]) - set(facts.schemes) and (
        not typed["enterprise_right"] or typed["enterprise_right"] == facts.right
    ):
        yield _("Choose a scheme or a right that the institution does not have.")


def received_by_today(facts, typed):
    if typed is not None and typed["received_on"] > facts.today:
        yield _("The application can not have been received after today.")
