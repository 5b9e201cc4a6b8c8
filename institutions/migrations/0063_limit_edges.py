"""The edges of limits of enterprise data."""

from django.db import migrations

from fsesys.core import seed
from institutions.limiting.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)


class Migration(migrations.Migration):
    dependencies = [("institutions", "0062_limit")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
