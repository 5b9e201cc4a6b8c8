"""Projects in the Django admin: the register catalogue, and the present office that comes in."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from fsesys.core import clock
from fsesys.core.caseadmin import CaseList, ReadOnlyAdmin
from fsesys.core.importpage import ImportAdmin
from fsesys.core.wording import day, when

from . import catalogue
from .flagpage import FlagAdmin
from .grant.importing import GRANTS
from .grant.models import GrantCase
from .proposal.importing import PROJECTS
from .records import Project, Register, RegisterFlag


class FlagInline(admin.TabularInline):
    model = RegisterFlag
    verbose_name_plural = _("What is said of the register")
    fields = readonly_fields = ("restricted_enterprise", "min_cell", "begins", "ends", "recorded")
    extra = 0
    can_delete = False

    def get_queryset(self, request):
        rows = super().get_queryset(request).filter(retracted_at=None)
        return rows.select_related("recorded_by").order_by("from_at")

    @admin.display(description=_("From"))
    def begins(self, flag):
        return day(clock.day_of(flag.from_at))

    @admin.display(description=_("Last day"))
    def ends(self, flag):
        return day(clock.last_day(flag.to_at)) if flag.to_at else ""

    @admin.display(description=_("Recorded"))
    def recorded(self, flag):
        return f"{when(flag.recorded_at)}, {flag.recorded_by.name}"

    def has_view_permission(self, request, obj=None):
        return True  # the register's own page has asked

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Register)
class RegisterAdmin(FlagAdmin, ReadOnlyAdmin):
    change_form_template = "admin/register.html"
    list_display = ("name", "title_da", "about", "time")
    fields = readonly_fields = ("name", "title_da", "title_en", "about", "time")
    search_fields = ("name", "title_da", "title_en")

    @admin.display(description=_("Subject area"), ordering="subject")
    def about(self, register):
        return catalogue.subject(register)

    @admin.display(description=_("Kind of reference time"), ordering="reference_type")
    def time(self, register):
        return catalogue.reference(register)

    inlines = [FlagInline]


@admin.register(Project)
class ProjectAdmin(ImportAdmin, ReadOnlyAdmin):
    importer = PROJECTS
    list_display = ("number", "title", "scheme", "officer", "legacy")
    list_select_related = ("officer",)
    search_fields = ("number", "title")


@admin.register(GrantCase)
class GrantAdmin(ImportAdmin, CaseList):
    importer = GRANTS
