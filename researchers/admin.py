"""Process 2 in the Django admin: associations of the present office and results of the
test from the portal are brought in."""

from django.contrib import admin

from fsesys.core.caseadmin import CaseList
from fsesys.core.importpage import ImportAdmin

from .association.importing import ASSOCIATIONS
from .association.models import AssociationCase
from .certification.importing import RESULTS
from .certification.models import CertificationCase


@admin.register(CertificationCase)
class CertificationAdmin(ImportAdmin, CaseList):
    importer = RESULTS
    list_display = ("number", "subject_label", "taken_on", "correct", "out_of", "state_label")


@admin.register(AssociationCase)
class AssociationAdmin(ImportAdmin, CaseList):
    importer = ASSOCIATIONS
    list_display = ("number", "subject_label", "type", "state_label")
