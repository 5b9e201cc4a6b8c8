"""Routes of researchers and process 2."""

from .association import views as association

urlpatterns = [*association.urlpatterns]
