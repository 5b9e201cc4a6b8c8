"""A succession that never was can be withdrawn."""

from django.db import migrations

from fsesys.core import seed
from institutions.succession.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)


class Migration(migrations.Migration):
    dependencies = [("institutions", "0065_names_in_the_admin")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
