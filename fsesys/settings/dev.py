"""A workstation and `make run`: the embedded PostgreSQL unless DATABASE_URL names another."""

import json
import secrets
from collections.abc import Mapping

from .base import *  # noqa: F403
from .base import BASE_DIR, FSESYS_DEMO, VAR
from .database import databases, role_of
from .environment import switch, text, words

DEBUG = switch("FSESYS_DEBUG", True)
ALLOWED_HOSTS = words("FSESYS_HOSTS", "localhost,127.0.0.1,[::1]")


def own_secret() -> str:
    """The secret of this checkout, made at the first start and kept in var/."""
    path = VAR / "secret-key"
    if not path.exists():
        fresh = path.with_name(f"secret-key.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(60))
        fresh.replace(path)
    return path.read_text()


def running() -> Mapping[str, str]:
    """The addresses of the embedded server, or one that fails and says how to start it."""
    note = VAR / "postgres.json"
    nowhere = f"postgresql://nobody@/fsesys?host={BASE_DIR}/no-database-runs/start-it-with-make-run"
    none = {"DATABASE_URL": nowhere, "MIGRATE_DATABASE_URL": nowhere}
    return json.loads(note.read_text()) if note.exists() else none


SECRET_KEY = text("SECRET_KEY", own_secret())
if application := text("DATABASE_URL", ""):
    DATABASES = databases(application, text("MIGRATE_DATABASE_URL", application))
    DATABASE_APP_ROLE = role_of(application)
else:
    DATABASES = databases(running()["DATABASE_URL"], running()["MIGRATE_DATABASE_URL"])
    DATABASE_APP_ROLE = role_of(running()["DATABASE_URL"])
CLOCK_MAY_BE_MOVED = FSESYS_DEMO

WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# The demo office shows its mail on a page of its own; nothing leaves the machine.
MAIL_GOES_TO = "dummy" if FSESYS_DEMO else "console"
EMAIL_BACKEND = text("EMAIL_BACKEND", f"django.core.mail.backends.{MAIL_GOES_TO}.EmailBackend")
