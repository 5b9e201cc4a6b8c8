"""When an institution is not allowed on a project: functions of (facts, typed), no queries."""

from django.utils.translation import gettext as _


def owned(facts, typed):
    if not facts.owner:
        yield _("No institution owns this project today.")


def another(facts, typed):
    if typed is not None and typed["member"] == facts.owner:
        yield _("The owner's people may work on the project anyway.")


def authorised(facts, typed):
    if typed is not None and typed["member"] not in facts.authorised:
        yield _("The institution is not authorised today.")


def not_yet(facts, typed):
    if typed is not None and typed["member"] in facts.allowed:
        yield _("The institution is allowed on the project already.")


def allowed_now(facts, typed):
    if not facts.allowed:
        yield _("No other institution is allowed on the project.")
    elif typed is not None and typed["member"] not in facts.allowed:
        yield _("The institution is not on the project's list of allowed institutions.")
