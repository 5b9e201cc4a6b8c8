"""The edges of the small processes of a project."""

from django.db import migrations

from fsesys.core import seed
from projects.allowing.machine import MACHINE as ALLOWING
from projects.ending.machine import MACHINE as ENDING
from projects.exempting.machine import MACHINE as EXEMPTING
from projects.hold.machine import MACHINE as HOLD


def put(apps, schema_editor):
    for machine in (HOLD, ALLOWING, EXEMPTING, ENDING):
        seed.put_edges(apps, machine)


class Migration(migrations.Migration):
    dependencies = [("projects", "0005_small")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
