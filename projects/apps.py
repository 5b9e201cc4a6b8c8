"""Wiring of projects: registers its processes with core. No logic belongs here."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from fsesys.core import context, roles, seed
        from researchers import views as researchers

        from . import catalogue, views
        from .allowing import registration as allowing
        from .ending import registration as ending
        from .exempting import registration as exempting
        from .grant import registration as grant
        from .hold import registration as hold
        from .proposal import registration as proposal

        researchers.ACCESSES.append(views.of_person)
        seed.ALSO.append(catalogue.put_registers)
        for package in (proposal, grant, hold, allowing, exempting, ending):
            package.register()
        context.NAVIGATION.extend([
            ("processes", _("Projects"), "projects", roles.STAFF),
            ("registers", _("Registers"), "registers", roles.STAFF),
        ])  # fmt: skip
