"""What holds in every installation. Dev, test and prod add the database, secrets and switches."""

import logging

from csp.constants import NONE, SELF

from .environment import number, switch, text
from .house import *  # noqa: F403
from .house import BASE_DIR

VAR = BASE_DIR / "var"
(VAR / "upload").mkdir(parents=True, exist_ok=True)

# --- the office -------------------------------------------------------------------------------
UNIT_NAME = text("UNIT_NAME", "Forskningsservice")
SYSTEM_NAME = text("SYSTEM_NAME", "FSESYS")
AGENCY_NAME = text("AGENCY_NAME", "Danmarks Statistik")
FSESYS_DEMO = switch("FSESYS_DEMO", False)
FSESYS_DEMO_PASSWORD = text("FSESYS_DEMO_PASSWORD", "demo")
FSESYS_MAX_UPLOAD_MB = number("FSESYS_MAX_UPLOAD_MB", 20)
CLOCK_MAY_BE_MOVED = False  # only in tests and while the demo office is loaded

# --- people -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["fsesys.core.signin.Accounts"]
SESSION_ENGINE = "fsesys.core.signin"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator",
    )
]  # fmt: skip
SESSION_COOKIE_AGE = 10 * 60 * 60  # a working day

# --- language and time ------------------------------------------------------------------------
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LANGUAGE_CODE = "da"
LOCALE_PATHS = [BASE_DIR / "fsesys" / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"

# --- what goes wrong is said on the terminal, in production too --------------------------------


def in_a_line(record) -> bool:
    """A page that was refused is told in a line; only what is broken needs its trace."""
    if record.levelno < logging.ERROR:
        record.exc_info = record.exc_text = None
    return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"line": {"()": "django.utils.log.CallbackFilter", "callback": in_a_line}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["line"]}
    },
    "root": {"handlers": ["console"], "level": text("LOG_LEVEL", "WARNING")},
    "loggers": {"django": {"handlers": [], "level": text("LOG_LEVEL", "WARNING")}},
}

# --- what comes in and what goes out ----------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_TEMP_DIR = VAR / "upload"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [folder for folder in [VAR / "design"] if folder.is_dir()]
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("DEFAULT_FROM_EMAIL", "fsesys@localhost")
EMAIL_TIMEOUT = 20
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],  # a preview shown in a frame answers with its own header
        "form-action": [SELF],
    }
}

# --- jobs -------------------------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
# A worker that was away makes up for the last missed tick of a week; the job sees to the rest.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 7 * 86400}
PROCRASTINATE_WORKER_DEFAULTS = {"shutdown_graceful_timeout": 5.0}

# --- guards -----------------------------------------------------------------------------------
DATABASE_APP_ROLE = text("DATABASE_APP_ROLE", "fsesys_app")
CLOCK_MAY_BE_MOVED = FSESYS_DEMO  # the demo loader only; prod refuses demo mode
