"""The door for the web server. Production names its settings in DJANGO_SETTINGS_MODULE."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fsesys.settings.prod")

application = get_wsgi_application()
