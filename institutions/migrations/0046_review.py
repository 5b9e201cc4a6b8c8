"""The edges of yearly reviews and successions."""

from django.db import migrations

from fsesys.core import seed
from institutions.review.machine import MACHINE as REVIEW
from institutions.succession.machine import MACHINE as SUCCESSION


def put(apps, schema_editor):
    for machine in (REVIEW, SUCCESSION):
        seed.put_edges(apps, machine)


class Migration(migrations.Migration):
    dependencies = [("institutions", "0045_succession")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
