"""Production: everything secret or local comes from the environment, and nothing is guessed."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import FSESYS_DEMO
from .database import databases, needs_owner, role_of
from .environment import number, switch, text, words

if FSESYS_DEMO:
    raise ImproperlyConfigured("The demo office is refused in production: unset FSESYS_DEMO.")

DEBUG = False
SECRET_KEY = text("SECRET_KEY")
ALLOWED_HOSTS = words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not host.startswith(".")]
# The web and job processes never need to know the owner's address.
DATABASES = databases(
    text("DATABASE_URL"), text("MIGRATE_DATABASE_URL", None if needs_owner() else "postgresql:///")
)
DATABASE_APP_ROLE = role_of(text("DATABASE_URL"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = text("EMAIL_HOST")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = switch("EMAIL_USE_TLS", True)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("DEFAULT_FROM_EMAIL")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = switch("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = number("SECURE_HSTS_SECONDS", 365 * 86400)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
if switch("BEHIND_PROXY", False):  # a proxy that sets and cleans this header ends TLS
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
