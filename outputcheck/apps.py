"""Wiring of this app. No logic belongs here."""

from django.apps import AppConfig


class OutputcheckConfig(AppConfig):
    name = "outputcheck"
    default_auto_field = "django.db.models.BigAutoField"
