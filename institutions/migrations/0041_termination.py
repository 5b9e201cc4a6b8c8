"""The edges of holds on institutions and of the end of an authorisation."""

from django.db import migrations

from fsesys.core import seed
from institutions.hold.machine import MACHINE as HOLD
from institutions.termination.machine import MACHINE as TERMINATION


def put(apps, schema_editor):
    for machine in (HOLD, TERMINATION):
        seed.put_edges(apps, machine)


class Migration(migrations.Migration):
    dependencies = [("institutions", "0040_holds")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
