"""The number series, and the rows an installation begins with."""

from django.db import migrations

from fsesys.core import seed


def put(apps, schema_editor):
    seed.put_office(apps)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE core_case_number; CREATE SEQUENCE core_document_number;",
            "DROP SEQUENCE core_case_number; DROP SEQUENCE core_document_number;",
        ),
        migrations.RunPython(put, migrations.RunPython.noop),
    ]
