"""The edges and the check-list of extensions."""

from django.db import migrations

from fsesys.core import seed
from institutions.extension.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)
    seed.put_checklist(apps, MACHINE.process)


class Migration(migrations.Migration):
    dependencies = [("institutions", "0023_extension"), ("core", "0022_staff_edges")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
