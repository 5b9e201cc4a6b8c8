"""Wiring of researchers: registers its processes with core. No logic belongs here."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResearchersConfig(AppConfig):
    name = "researchers"
    verbose_name = _("Researchers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from institutions import belonging

        from . import records
        from .association import registration as association
        from .certification import registration as certification
        from .hold import registration as hold
        from .same_person import registration as same_person

        belonging.SOURCES.append(records.Association)
        for package in (association, certification, hold, same_person):
            package.register()
