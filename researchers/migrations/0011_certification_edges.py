"""The edges of certification."""

from django.db import migrations

from fsesys.core import seed
from researchers.certification.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)


class Migration(migrations.Migration):
    dependencies = [("researchers", "0010_certification")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
