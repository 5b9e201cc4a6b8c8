"""A precautionary hold can be made final."""

from django.db import migrations

from fsesys.core import seed
from institutions.hold.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)


class Migration(migrations.Migration):
    dependencies = [("institutions", "0063_limit_edges")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
