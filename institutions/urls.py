"""Routes of institutions and process 1."""

from django.urls import path

from . import lists, views
from .authorisation import preview, public
from .authorisation import views as authorisation
from .change_roles import views as change_roles
from .changes import views as changes
from .extension import views as extension
from .hold import views as hold
from .limiting import views as limiting
from .responsible import views as responsible
from .review import views as review
from .succession import views as succession
from .termination import views as termination

urlpatterns = [
    *change_roles.urlpatterns,
    *changes.urlpatterns,
    *extension.urlpatterns,
    *hold.urlpatterns,
    *limiting.urlpatterns,
    *responsible.urlpatterns,
    *review.urlpatterns,
    *succession.urlpatterns,
    *termination.urlpatterns,
    path("apply/", public.Entry.as_view(), name="apply"),
    path("apply/<slug:language>/", public.Apply.as_view(), name="apply-page"),
    path("apply/form-<slug:language>.pdf", public.Form.as_view(), name="apply-form"),
    path("apply/<path:rest>", public.Nothing.as_view(), name="apply-nothing"),
    path("authorisations/", lists.AuthorisationList.as_view(), name="authorisations"),
    path("authorisations/register/", authorisation.RegisterApplication.as_view(),
         name="register-application"),
    path("authorisations/register/preview/", preview.ReceiptPreview.as_view(),
         name="receipt-preview"),
    path("authorisations/<str:number>/", authorisation.AuthorisationPage.as_view(),
         name="authorisation"),
    path("authorisations/<str:number>/diagram.svg", authorisation.Diagram.as_view(),
         name="authorisation-diagram"),
    path("authorisations/<str:number>/preview/<slug:template>/", preview.LetterPreview.as_view(),
         name="authorisation-preview"),
    path("authorisations/<str:number>/<slug:verb>/", authorisation.AuthorisationVerb.as_view(),
         name="authorisation-verb"),
    path("institutions/", lists.InstitutionList.as_view(), name="institutions"),
    path("institutions/<int:pk>/", views.InstitutionPage.as_view(), name="institution"),
]  # fmt: skip
