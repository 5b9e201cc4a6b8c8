"""All routes: each app's own, the desk, the admin and sign-in."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from fsesys.core import pendingpage
from fsesys.desk import access
from fsesys.desk import views as desk

admin.site.disable_action("delete_selected")

urlpatterns = [
    path("", desk.MyWork.as_view(), name="my-work"),
    path("", include("institutions.urls")),
    path("", include("projects.urls")),
    path("", include("researchers.urls")),
    path("", include("fsesys.core.staffing.views")),
    path("pending/<int:pk>/", pendingpage.PendingPage.as_view(), name="pending"),
    path("pending/<int:pk>/<int:file>/", pendingpage.PendingFile.as_view(), name="pending-file"),
    path("access/", access.AccessRegister.as_view(), name="access-register"),
    path("search/", desk.Search.as_view(), name="search"),
    path("documents/<str:number>/", desk.DocumentBytes.as_view(), name="document"),
    path("roles/", desk.Roles.as_view(), name="roles"),
    path("help/", desk.Help.as_view(), name="help"),
    path("help/<slug:process>.svg", desk.Diagram.as_view(), name="diagram"),
    path("mailbox/", desk.Mailbox.as_view(), name="mailbox"),
    path("language/", desk.language, name="set_language"),
    path("healthy/", desk.healthy, name="healthy"),
    path("sign-in/", auth.LoginView.as_view(template_name="registration/sign_in.html"),
         name="sign_in"),
    path("sign-out/", auth.LogoutView.as_view(next_page="/sign-in/"), name="sign_out"),
    path("admin/", admin.site.urls),
]  # fmt: skip
