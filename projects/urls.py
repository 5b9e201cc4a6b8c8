"""Routes of projects and process 3."""

from django.urls import path

from . import lists, sheet, views
from .allowing import views as allowing
from .ending import views as ending
from .exempting import views as exempting
from .grant import several
from .grant import views as grant
from .hold import views as hold
from .proposal import views as proposal

urlpatterns = [
    path("projects/", lists.ProjectList.as_view(), name="projects"),
    path("projects/register/", views.ChooseOwner.as_view(), name="register-proposal"),
    *allowing.urlpatterns,
    *ending.urlpatterns,
    *exempting.urlpatterns,
    *grant.urlpatterns,
    *hold.urlpatterns,
    *proposal.urlpatterns,
    path("projects/<int:pk>/people/", several.People.as_view(), name="project-people"),
    path("projects/<int:pk>/", views.ProjectPage.as_view(), name="project"),
    path("researchers/<int:pk>/accesses/<str:language>/", sheet.AccessSheet.as_view(),
         name="access-sheet"),
    path("registers/", lists.CatalogueList.as_view(), name="registers"),
]  # fmt: skip
