"""A precautionary hold can be made final."""

from django.db import migrations

from fsesys.core import seed
from researchers.hold.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)


class Migration(migrations.Migration):
    dependencies = [("researchers", "0020_withdraw_result")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
