"""The edges and the check-list of project proposals."""

from django.db import migrations

from fsesys.core import seed
from projects.proposal.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)
    seed.put_checklist(apps, MACHINE.process)


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_proposal")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
