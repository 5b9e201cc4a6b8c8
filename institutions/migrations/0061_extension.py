"""The edges of the change of responsible person, of extensions and of changes of roles."""

from django.db import migrations

from fsesys.core import seed
from institutions.change_roles.machine import MACHINE as ROLES
from institutions.extension.machine import MACHINE as EXTENSION
from institutions.responsible.machine import MACHINE as RESPONSIBLE


def put(apps, schema_editor):
    for machine in (RESPONSIBLE, EXTENSION, ROLES):
        seed.put_edges(apps, machine)


class Migration(migrations.Migration):
    dependencies = [("institutions", "0060_responsible")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
