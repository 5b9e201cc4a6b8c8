"""Projects in the Django admin: the register catalogue, and the present office that comes in."""

from django.contrib import admin

from fsesys.core.caseadmin import ReadOnlyAdmin
from fsesys.core.importpage import ImportAdmin

from .flagpage import FlagAdmin
from .grant.importing import GRANTS
from .grant.models import GrantCase
from .proposal.importing import PROJECTS
from .records import Project, Register, RegisterFlag


class FlagInline(admin.TabularInline):
    model = RegisterFlag
    fields = ("restricted_enterprise", "min_cell", "from_at", "to_at", "recorded_by", "recorded_at")
    extra = 0
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).filter(retracted_at=None)

    def has_view_permission(self, request, obj=None):
        return True  # the register's own page has asked

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Register)
class RegisterAdmin(FlagAdmin, ReadOnlyAdmin):
    change_form_template = "admin/register.html"
    list_display = ("name", "title_da", "subject", "reference_type")
    search_fields = ("name", "title_da", "title_en")
    inlines = [FlagInline]


@admin.register(Project)
class ProjectAdmin(ImportAdmin, ReadOnlyAdmin):
    importer = PROJECTS
    list_display = ("number", "title", "scheme", "officer", "legacy")
    list_select_related = ("officer",)
    search_fields = ("number", "title")


@admin.register(GrantCase)
class GrantAdmin(ImportAdmin, ReadOnlyAdmin):
    importer = GRANTS
    list_display = ("number", "subject_label", "state", "opened_at")
    search_fields = ("number", "subject_label")
