"""Process 2 in the Django admin: results of the test are read, and brought in from the portal."""

from django.contrib import admin

from fsesys.core.caseadmin import ReadOnlyAdmin
from fsesys.core.importpage import ImportAdmin

from .certification.importing import RESULTS
from .certification.models import CertificationCase


@admin.register(CertificationCase)
class CertificationAdmin(ImportAdmin, ReadOnlyAdmin):
    importer = RESULTS
    list_display = ("number", "subject_label", "taken_on", "correct", "out_of", "state")
    search_fields = ("number", "subject_label")
