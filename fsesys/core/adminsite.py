"""The Django admin as the chief statistician and the keepers of reference data meet it."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class OfficeAdminSite(AdminSite):
    site_header = _("FSESYS administration")
    site_title = _("FSESYS")
    index_title = _("Decisions and reference data")
    enable_nav_sidebar = False

    def has_permission(self, request):
        user = request.user
        return user.is_authenticated and user.is_active and user.is_staff

    def each_context(self, request):
        return super().each_context(request) | {"site_unit": settings.UNIT_NAME}
