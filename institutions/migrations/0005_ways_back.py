"""The edges of process 1 with its ways back."""

from django.db import migrations

from fsesys.core import seed
from institutions.authorisation.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)


class Migration(migrations.Migration):
    dependencies = [("institutions", "0004_case_stays"), ("core", "0005_two_people")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
