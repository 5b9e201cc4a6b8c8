"""The letters about the test."""

from django.utils.translation import gettext_lazy as _

TITLES = {"certification_reminder": _("Your test in data security runs out")}
