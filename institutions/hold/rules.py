"""When a hold on an institution is not placed, beyond the rules of every hold (core.holding).

Source: domain.md 1.4 (a hold is for an authorised institution).
"""

from django.utils.translation import gettext as _


def authorised(facts, typed):
    if not facts.authorised:
        yield _("The institution is not authorised today: there is nothing to hold.")
