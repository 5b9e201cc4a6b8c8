"""When a project is not exempted: functions of (facts, typed), no queries. Source: domain.md 2.6."""

from django.utils.translation import gettext as _


def owned(facts, typed):
    if not facts.owner:
        yield _("No institution owns this project today.")


def asked_by_entitled(facts, typed):
    """A public authorised institution or an interest organisation asks: whose right is full."""
    if facts.owner and not facts.entitled:
        yield _("The owner may not use restricted enterprise data itself today, so it can not ask"
                " for an exemption of others.")  # fmt: skip


def not_yet(facts, typed):
    if facts.exempted:
        yield _("The project is exempted already.")


def runs(facts, typed):
    if not facts.exempted:
        yield _("The project has no exemption that runs.")
