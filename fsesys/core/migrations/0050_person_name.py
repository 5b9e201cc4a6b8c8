from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0044_access_parameters"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["name"], name="person_name"),
        ),
    ]
