"""Wiring of the desk: its pages in the navigation."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "fsesys.desk"
    label = "desk"

    def ready(self):
        from fsesys.core import context, roles

        from . import work

        everyone = frozenset(roles.LABELS)
        context.NAVIGATION.insert(0, ("desk", _("My work"), "my-work", roles.STAFF))
        context.NAVIGATION.append(
            ("registers", _("Access register"), "access-register", roles.STAFF)
        )
        context.COUNTS["my-work"] = work.count_in_words
        context.NAVIGATION.append(("office", _("Roles"), "roles", everyone))
        context.NAVIGATION.append(("office", _("Processes in pictures"), "help", everyone))
        if settings.FSESYS_DEMO:
            context.NAVIGATION.append(("office", _("Mailbox (demo)"), "mailbox", everyone))
