"""The register catalogue."""

from django.db import migrations

from projects.catalogue import put_registers


def put(apps, schema_editor):
    put_registers(apps)


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial"), ("core", "0044_access_parameters")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
