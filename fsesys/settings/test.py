"""The tests: connected as owner, working as the application's role (tests/database.py)."""

from tempfile import gettempdir

from .base import *  # noqa: F403
from .database import connection, role_of
from .environment import text

DEBUG = False
FSESYS_DEMO = False
CLOCK_MAY_BE_MOVED = True
SECRET_KEY = "only for tests " * 4  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Without an address: start the tests with `make test`, or with
# python -m fsesys.run.postgres --test -- python -m pytest
DATABASES = {
    "default": connection(
        text("MIGRATE_DATABASE_URL", "postgresql:///none?host=/start-the-tests-with-make-test"),
        limited=False,  # a test may sit in its transaction for as long as it likes
    )
}
DATABASE_APP_ROLE = role_of(text("DATABASE_URL", "postgresql://fsesys_app@/"))
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Tests that run side by side have a database each; pytest-xdist names its workers here.
DATABASES["default"]["TEST"] = {"NAME": f"test_fsesys{text('PYTEST_XDIST_WORKER', '')}"}
DATABASES["default"]["OPTIONS"]["options"] += " -c lock_timeout=10s -c statement_timeout=60s"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; no real password
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
FILE_UPLOAD_TEMP_DIR = gettempdir()
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CLOCK_MAY_BE_MOVED = True
