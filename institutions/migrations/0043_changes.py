"""The edges of changes of facts."""

from django.db import migrations

from fsesys.core import seed
from institutions.changes.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)


class Migration(migrations.Migration):
    dependencies = [("institutions", "0042_facts")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
