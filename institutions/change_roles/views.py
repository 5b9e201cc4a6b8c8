"""Which facts a change of roles shows."""

from django.utils.translation import gettext as _

from fsesys.core.casepage import day, rows

from .. import living


class Page(living.CasePage):
    process = "change_roles"

    def sections(self, case):
        return [{"title": _("The change"), "rows": rows(
            (_("Person"), f"{case.person.name} {case.person.mail}"),
            (_("Role"), case.get_role_display()),
            (_("From"), day(case.from_on)), (_("Last day"), day(case.last_on)),
            (_("Asked for by"), f"{case.asked_by} ({case.get_asked_as_display()})"),
            (_("Asked on"), day(case.asked_on)), (_("Channel"), case.get_channel_display()),
        )}]  # fmt: skip


urlpatterns = living.routes("change_roles", page=Page)
