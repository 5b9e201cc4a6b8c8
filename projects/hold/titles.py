"""What the letters about a hold on a project are called."""

from django.utils.translation import gettext_lazy as _

TITLES = {
    "project_hold": _("Your project is put on hold"),
    "project_hold_prolonged": _("The hold on your project is prolonged"),
    "project_hold_lifted": _("The hold on your project is lifted"),
}
