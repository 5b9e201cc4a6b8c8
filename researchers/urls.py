"""Routes of researchers and process 2."""

urlpatterns = []
