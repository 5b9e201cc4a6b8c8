"""A wrong link of two records can be taken away."""

from django.db import migrations

from fsesys.core import seed
from researchers.same_person.machine import MACHINE


def put(apps, schema_editor):
    seed.put_edges(apps, MACHINE)


class Migration(migrations.Migration):
    dependencies = [("researchers", "0016_same_person_edges")]
    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
