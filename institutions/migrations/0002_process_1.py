"""The edges and the check-list of process 1."""

from django.db import migrations

from fsesys.core import seed
from institutions.authorisation.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)
    seed.put_checklist(apps, MACHINE.process)


class Migration(migrations.Migration):
    dependencies = [("institutions", "0001_initial"), ("core", "0002_beginning")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
