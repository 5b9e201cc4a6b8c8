"""What the application's database role may do: everything but own, define and truncate.

Run after every migrate, as the owner. The roles are named in settings; a database where the
application is its own owner (a developer's) is left alone.
"""

from django.conf import settings
from django.db import connections

READ_ONLY = ("core_edge", "django_migrations")


def give(sender=None, using="default", **kwargs):
    """GRANT to the application's role on all tables of the schema."""
    role = settings.DATABASE_APP_ROLE
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, 1 FROM pg_roles WHERE rolname = %s", [role])
        row = cursor.fetchone()
        if row is None or row[0] == role:
            return
        quoted = connection.ops.quote_name(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {quoted}")
        for table in READ_ONLY:
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {quoted}")
