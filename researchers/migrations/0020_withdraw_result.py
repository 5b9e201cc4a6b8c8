"""A result of the test that never was one can be withdrawn."""

from django.db import migrations

from fsesys.core import seed
from researchers.certification.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)


class Migration(migrations.Migration):
    dependencies = [("researchers", "0019_same_human")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
