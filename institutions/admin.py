"""Process 1 in the Django admin: the chief statistician decides here; the register is read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from fsesys.core import processes
from fsesys.core.caseadmin import CaseAdmin, ReadOnlyAdmin, bulk
from fsesys.core.cases import ImportBatch
from fsesys.core.checklists import Checklist
from fsesys.core.importpage import ImportAdmin
from fsesys.core.office import OfficeBlock
from fsesys.core.parameters import ParameterValue

from .authorisation.models import AuthorisationCase
from .authorisation.views import AuthorisationPage, AuthorisationVerb
from .extension import views as extension
from .extension.models import ExtensionCase
from .importing import INSTITUTIONS
from .records import Institution


@admin.register(AuthorisationCase)
class AuthorisationAdmin(CaseAdmin):
    page, verb_page = AuthorisationPage, AuthorisationVerb
    verbs = ("approve", "return", "reject")
    list_display = ("number", "subject_label", "state_label", "due_on", "responsible")
    list_select_related = ("responsible",)
    actions = [bulk("approve", _("Approve"))]


@admin.register(ExtensionCase)
class ExtensionAdmin(AuthorisationAdmin):
    page, verb_page = extension.Page, extension.Verb


@admin.register(Institution)
class InstitutionAdmin(ImportAdmin, ReadOnlyAdmin):
    importer = INSTITUTIONS
    list_display = ("authorisation_number", "name_da", "cvr", "type")
    search_fields = ("name_da", "name_en", "cvr")


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    list_display = ("at", "by", "upload", "reason", "rows", "left_out")
    list_select_related = ("by", "upload")


@admin.register(ParameterValue)
class ParameterAdmin(ReadOnlyAdmin):
    list_display = ("name", "value", "from_on", "author", "approver")


@admin.register(Checklist)
class ChecklistAdmin(ReadOnlyAdmin):
    list_display = ("kind", "version", "from_on", "summary")
    fields = readonly_fields = ("kind", "version", "from_on", "author", "summary")

    @admin.display(description=_("process"), ordering="process")
    def kind(self, checklist):
        return processes.get(checklist.process).machine.label


@admin.register(OfficeBlock)
class OfficeBlockAdmin(ReadOnlyAdmin):
    list_display = ("language", "from_on", "mail", "phone")
