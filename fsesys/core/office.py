"""The office's own blocks in letters: address, opening hours, complaint guidance, as dated rows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import clock, guards


class OfficeBlock(models.Model):
    """One version of the office's address block in one language."""

    language = models.CharField(
        _("language"), max_length=2, choices=[("da", "Dansk"), ("en", "English")]
    )
    from_on = models.DateField(_("in force from"))
    address = models.TextField(_("address"))
    mail = models.EmailField(_("mail"))
    phone = models.CharField(_("phone"), max_length=40)
    hours = models.CharField(_("opening hours"), max_length=200)
    complaint = models.TextField(_("complaint guidance"))

    class Meta:
        verbose_name = _("office block")
        verbose_name_plural = _("office blocks")
        constraints = [
            models.UniqueConstraint(fields=["language", "from_on"], name="one_block_per_day")
        ]
        triggers = [guards.append_only()]

    def __str__(self):
        return f"{self.language} {self.from_on}"


def block(language: str) -> dict:
    """The block in force today, frozen into a letter."""
    rows = OfficeBlock.objects.filter(language=language, from_on__lte=clock.today())
    row = rows.order_by("-from_on").first()
    return {
        "agency": settings.AGENCY_NAME, "unit": settings.UNIT_NAME,
        "address": row.address.splitlines(), "mail": row.mail, "phone": row.phone,
        "hours": row.hours, "complaint": row.complaint,
    }  # fmt: skip
