"""The edges of the change of responsible person."""

from django.db import migrations

from fsesys.core import seed
from institutions.responsible.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)


class Migration(migrations.Migration):
    dependencies = [("institutions", "0021_responsible")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
