"""Wiring of the lowest layer. No logic belongs here."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as StockAdminConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "fsesys.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import grants
        from .staffing import registration

        registration.register()

        post_migrate.connect(grants.give, sender=self, dispatch_uid="core.grants")


class AdminConfig(StockAdminConfig):
    default_site = "fsesys.core.adminsite.OfficeAdminSite"
