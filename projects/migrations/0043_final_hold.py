"""A precautionary hold can be made final."""

from django.db import migrations

from fsesys.core import seed
from projects.hold.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)


class Migration(migrations.Migration):
    dependencies = [("projects", "0042_end_earlier")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
