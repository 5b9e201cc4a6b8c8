"""Routes of projects and their processes."""

from .grant import views as grant

urlpatterns = [*grant.urlpatterns]
