"""An association whose end is stated can be ended earlier."""

from django.db import migrations

from fsesys.core import seed
from researchers.association.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)


class Migration(migrations.Migration):
    dependencies = [("researchers", "0017_unlink_edges")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
