"""The edges of the staff process."""

from django.db import migrations

from fsesys.core import seed
from fsesys.core.staffing.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)


class Migration(migrations.Migration):
    dependencies = [("core", "0021_staffing")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
