"""Which database, and in which role: the application's, or the owner's for changes of the schema.

Belongs here: turning addresses into DATABASES. Where an address comes from is in dev, test, prod.
"""

import sys
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

OWNERS_COMMANDS = {
    "migrate", "flush", "sqlmigrate", "sqlflush", "sqlsequencereset", "makemigrations",
    "showmigrations", "squashmigrations", "optimizemigration", "pgtrigger",
}  # fmt: skip
# Seconds until the application's role gives up: on a lock, on a statement, on an idle transaction.
LIMITS = {
    "lock_timeout": "10s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "20s",
}
# A case is read with all it belongs to: one row by its number, through nine joins. Over that many
# the planner tries every order, longer than the statement itself takes.
PLANNER = {"join_collapse_limit": "4"}


def needs_owner() -> bool:
    """Does this process change or inspect the schema?"""
    return len(sys.argv) > 1 and sys.argv[1] in OWNERS_COMMANDS


def databases(application: str, owner: str) -> dict[str, dict]:
    """DATABASES for this process, from the addresses of the two roles."""
    return {
        "default": connection(owner, limited=False) if needs_owner() else connection(application)
    }


def role_of(url: str) -> str:
    """The role that an address signs in as. Raises ImproperlyConfigured when it names none."""
    role = urlsplit(url).username
    if not role:
        raise ImproperlyConfigured("DATABASE_URL must name a role: postgresql://role@host/name.")
    return unquote(role)


def connection(url: str, *, limited: bool = True) -> dict:
    """One entry of DATABASES. Raises ImproperlyConfigured for anything but PostgreSQL."""
    entry = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if entry.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            "FSESYS needs PostgreSQL: the address begins with postgresql://."
        )
    options = entry.setdefault("OPTIONS", {})
    entry["HOST"] = options.pop("host", "") or entry["HOST"]
    wanted = PLANNER | (LIMITS if limited else {})
    said = " ".join(f"-c {name}={value}" for name, value in wanted.items())
    options["options"] = f"{options.get('options', '')} {said}".strip()
    return entry
