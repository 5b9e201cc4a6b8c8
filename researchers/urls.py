"""Routes of researchers and process 2."""

from django.urls import path

from . import lists, views
from .association import views as association
from .certification import views as certification
from .hold import views as hold
from .same_person import views as same_person

urlpatterns = [
    *association.urlpatterns,
    *certification.urlpatterns,
    *hold.urlpatterns,
    *same_person.urlpatterns,
    path("researchers/", lists.ResearcherList.as_view(), name="researchers"),
    path("researchers/<int:pk>/", views.ResearcherPage.as_view(), name="researcher"),
]
