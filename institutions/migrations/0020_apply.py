"""What an applicant for authorisation sends: the enclosures of the first check-list."""

from django.db import migrations

from fsesys.core import seed
from institutions.authorisation.machine import MACHINE


def put(apps, schema_editor):
    seed.put_enclosures(apps, MACHINE.process)


class Migration(migrations.Migration):
    dependencies = [("institutions", "0005_ways_back"), ("core", "0020_apply")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
