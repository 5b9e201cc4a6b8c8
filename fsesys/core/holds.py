"""Holds: what stops access for a while. Abstract here; institutions and projects make them concrete.

The rule of access reads the rows; a case of its own places and lifts each (design.md section 4).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .facts import DatedFact


class Hold(DatedFact):
    """Runs from `from_at` until `to_at`, or until lifted when open. `case` placed it.

    precautionary: such a hold heals when it ends; any other spends the grants it stopped.
    """

    case = models.ForeignKey("core.Case", models.PROTECT, related_name="+")
    cause = models.CharField(_("cause"), max_length=300)
    condition = models.CharField(_("until this has happened"), max_length=300, blank=True)
    precautionary = models.BooleanField(_("precautionary"), default=False)

    class Meta(DatedFact.Meta):
        abstract = True
