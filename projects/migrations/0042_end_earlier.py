"""An access whose end is stated can be ended earlier."""

from django.db import migrations

from fsesys.core import seed
from projects.grant.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)


class Migration(migrations.Migration):
    dependencies = [("projects", "0041_grant_edges")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
