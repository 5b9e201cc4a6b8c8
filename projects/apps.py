"""Wiring of projects: registers its processes with core. No logic belongs here."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .grant import registration as grant

        for package in (grant,):
            package.register()
