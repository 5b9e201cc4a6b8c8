"""Wiring of institutions: registers its processes with core. No logic belongs here."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstitutionsConfig(AppConfig):
    name = "institutions"
    verbose_name = _("Institutions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .authorisation import registration
        from .change_roles import registration as change_roles
        from .changes import registration as changes
        from .extension import registration as extension
        from .hold import registration as hold
        from .limiting import registration as limiting
        from .responsible import registration as responsible
        from .review import registration as review
        from .succession import registration as succession
        from .termination import registration as termination

        for package in (
            registration,
            change_roles,
            changes,
            extension,
            hold,
            limiting,
            responsible,
            review,
            succession,
            termination,
        ):
            package.register()
