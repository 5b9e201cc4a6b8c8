"""When a right to enterprise data is not limited: functions of (facts, typed), no queries.

Source: domain.md 2.6 (three rights), issue 4 section 3 (what would break is confirmed).
"""

from django.utils.translation import gettext as _

from fsesys.core.hanging import confirmed


def has_right(facts, typed):
    if facts.right in ("", "none"):
        yield _("The institution has no right to restricted enterprise data today.")


def has_full_right(facts, typed):
    if facts.right != "full":
        yield _("The institution has no full right to restricted enterprise data today.")


def limit_confirmed(facts, typed):
    if typed is not None:
        yield from confirmed(facts.losing["limit_to_exemption"], typed)


def end_confirmed(facts, typed):
    if typed is not None:
        yield from confirmed(facts.losing["end_right"], typed)
