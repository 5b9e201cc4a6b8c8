"""Projects in the Django admin: the register catalogue is read here."""

from django.contrib import admin

from fsesys.core.caseadmin import ReadOnlyAdmin

from .records import Register, RegisterFlag


class FlagInline(admin.TabularInline):
    model = RegisterFlag
    fields = ("restricted_enterprise", "min_cell", "from_at", "to_at")
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
class RegisterAdmin(ReadOnlyAdmin):
    list_display = ("name", "title_da", "subject", "reference_type")
    search_fields = ("name", "title_da", "title_en")
    inlines = [FlagInline]
